#ifndef RUXUE_CPOSTGRESQL_SHIM_H
#define RUXUE_CPOSTGRESQL_SHIM_H

#include <libpq-fe.h>

#endif
