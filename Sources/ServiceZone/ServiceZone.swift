// ServiceZone
