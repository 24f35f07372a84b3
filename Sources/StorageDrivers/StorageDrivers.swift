// StorageDrivers
