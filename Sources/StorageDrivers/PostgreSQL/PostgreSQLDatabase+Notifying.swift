public import Storage

extension PostgreSQLDatabase: Notifying {}
