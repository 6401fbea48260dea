variable "image" {
  description = "Image of ClinicQL for amd64, by its digest: registry/clinicql@sha256:…"
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.:/_-]+@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must be named by its digest, …@sha256:…, so that what runs is what was tested."
  }
}

variable "image_repository_arn" {
  description = "The image's repository, when it is one of ECR in the same region: the servers may then pull from it."
  type        = string
  default     = null

  validation {
    condition     = var.image_repository_arn == null || can(regex("^arn:aws:ecr:[a-z0-9-]+:[0-9]{12}:repository/[^*]+$", var.image_repository_arn))
    error_message = "image_repository_arn must be the ARN of one repository."
  }
}

variable "instance_type" {
  description = "Machine of a server, for amd64."
  type        = string
  default     = "t3.medium"

  validation {
    condition     = !can(regex("^[a-z]+[0-9]+[a-z-]*g[a-z]*\\.", var.instance_type)) && can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", var.instance_type))
    error_message = "instance_type must be a machine for amd64, like t3.medium."
  }
}

variable "servers_min" {
  description = "How many servers there are at least. With fewer than two a zone that fails takes the clinic with it."
  type        = number
  default     = 2

  validation {
    condition     = var.servers_min >= 2
    error_message = "servers_min must be 2 or more."
  }
}

variable "servers_max" {
  description = "How many servers there are at most. The connections that the database allows follow from it."
  type        = number
  default     = 4

  validation {
    condition     = var.servers_max >= var.servers_min && var.servers_max <= 8
    error_message = "servers_max must be at least servers_min, and at most 8, since each opens up to 64 connections."
  }
}

variable "drain_seconds" {
  description = "CLINICQL_DRAIN: how long a server that stops answers on while its health already says 503. Longer than the load balancer needs to see that."
  type        = number
  default     = 15

  validation {
    condition     = var.drain_seconds > local.health_interval * local.unhealthy_after
    error_message = "drain_seconds must be more than 10: that long the load balancer takes to see that a server stops."
  }
}

variable "deregistration_delay_seconds" {
  description = "How long the load balancer lets requests end at a server that is taken away."
  type        = number
  default     = 60

  validation {
    condition     = var.deregistration_delay_seconds > var.drain_seconds && var.deregistration_delay_seconds <= 3600
    error_message = "deregistration_delay_seconds must be more than drain_seconds, and at most 3600."
  }
}

variable "settings" {
  description = "Further variables of docs/operations.md, { CLINICQL_SESSION_IDLE = \"10m\" }."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, value in var.settings : can(regex("^CLINICQL_[A-Z_]+$", name)) && can(regex("^[^\\n\\r]*$", value))])
    error_message = "settings must be variables that begin with CLINICQL_, with values of one line."
  }

  validation {
    condition     = length(setintersection(keys(var.settings), keys(local.environment))) == 0
    error_message = "settings must not name what is set here already, such as CLINICQL_DRAIN: that has a variable of its own."
  }

  validation {
    condition     = !anytrue([for name, _ in var.settings : strcontains(name, "DEMO") || strcontains(name, "PASSWORD") || name == "CLINICQL_DATA"])
    error_message = "settings must hold no demonstration, no secret and no data directory."
  }
}
