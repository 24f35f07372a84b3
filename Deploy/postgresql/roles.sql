-- 角色与数据库；可重复执行。The two roles and the database; may be run again at any time.
--
--   psql -X -v ON_ERROR_STOP=1 -f Deploy/postgresql/roles.sql 'host=… user=postgres dbname=postgres'
--
-- Other names: -v database=… -v owner=… -v application=…
-- Passwords are not set here, so that none stands in a file, a process list or a server's log: the superuser gives them
-- with \password ruxue_owner and \password ruxue_app, which send the SCRAM verifier only, and the services read theirs
-- from PGPASSFILE. Roles that sign in with a client certificate need none.
\if :{?database} \else \set database ruxue \endif
\if :{?owner} \else \set owner ruxue_owner \endif
\if :{?application} \else \set application ruxue_app \endif

-- Owns the database and the schema: migrations, distribution, opening a season. No service signs in as this role.
SELECT format('CREATE ROLE %I LOGIN', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Serves families: owns nothing and cannot step over a row policy. Migrations grant it the tables.
SELECT format('CREATE ROLE %I LOGIN', :'application')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'application') \gexec
ALTER ROLE :"application" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Collation C sorts by code point, as SQLite does, and no update of the system's C library can reorder an index.
SELECT format(
    'CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8'' LC_COLLATE ''C'' LC_CTYPE ''C''',
    :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"application";

\connect :"database"
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"application";
