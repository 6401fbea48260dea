variable "database_version" {
  description = "Major version of Postgres. Minor ones come by themselves in the maintenance window."
  type        = string
  default     = "17"

  validation {
    condition     = contains(["15", "16", "17", "18"], var.database_version)
    error_message = "database_version must be 15, 16, 17 or 18."
  }
}

variable "database_instance_class" {
  description = "Machine of the database. One of 4 GB or more has room for the connections of four servers."
  type        = string
  default     = "db.m7g.large"

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.database_instance_class)) && !can(regex("\\.(micro|small)$", var.database_instance_class))
    error_message = "database_instance_class must be one of RDS with 4 GB of memory or more, like db.m7g.large."
  }
}

variable "database_storage_gb" {
  description = "Disk of the database at the beginning. It grows by itself up to four times this."
  type        = number
  default     = 50

  validation {
    condition     = var.database_storage_gb >= 20 && var.database_storage_gb <= 16000
    error_message = "database_storage_gb must be from 20 to 16000."
  }
}

variable "database_changes_now" {
  description = "Whether changes that restart the database, such as another database_version, are made at once, not in the maintenance window on Sunday at 02:30 UTC."
  type        = bool
  default     = false
}

variable "database_password" {
  description = "Password of the database's owner. It is needed when it is set, at the first time and with another database_password_version, and kept in neither plan nor state: TF_VAR_database_password=\"$(openssl rand -hex 32)\"."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = var.database_password == null || can(regex("^[A-Za-z0-9_-]{32,128}$", var.database_password))
    error_message = "database_password must have 32 to 128 letters and digits."
  }
}

variable "database_password_version" {
  description = "Count this up together with a new database_password."
  type        = number
  default     = 1

  validation {
    condition     = var.database_password_version >= 1 && floor(var.database_password_version) == var.database_password_version
    error_message = "database_password_version must be 1 or a greater whole number."
  }
}
