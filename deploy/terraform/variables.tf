variable "region" {
  description = "Region of AWS in which all of it is, eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "region must be that of AWS proper, like eu-central-1."
  }
}

variable "name" {
  description = "What everything is named after. Two installations in one account need two names."
  type        = string
  default     = "clinicql"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 20 lower-case letters, digits and hyphens, since load balancers allow 32 characters in all."
  }
}

variable "host_name" {
  description = "Name that people type, clinic.example. Point it at the output load_balancer_name."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.host_name))
    error_message = "host_name must be a name alone, clinic.example, without https:// and without a path."
  }
}

variable "certificate_arn" {
  description = "Certificate for host_name in the Certificate Manager of the same region."
  type        = string

  validation {
    condition     = startswith(var.certificate_arn, "arn:aws:acm:${var.region}:")
    error_message = "certificate_arn must be of the Certificate Manager and of the same region."
  }
}

variable "allowed_networks" {
  description = "Networks from which the clinic is reached. The whole internet, unless its people always come from known addresses or through a VPN."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = length(var.allowed_networks) > 0 && alltrue([for n in var.allowed_networks : can(cidrhost(n, 0)) && !strcontains(n, ":")])
    error_message = "allowed_networks must be networks of IPv4, 203.0.113.0/24."
  }
}

variable "network" {
  description = "Addresses of the network that is made. It is cut into networks of a sixteenth."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.).*/(1[6-9]|2[0-2])$", var.network)) && can(cidrhost(var.network, 0))
    error_message = "network must be private and of a size from /16 to /22."
  }
}

variable "availability_zones" {
  description = "Two or three zones of the region: each can fail and the clinic goes on."
  type        = list(string)

  validation {
    condition     = contains([2, 3], length(distinct(var.availability_zones))) && length(var.availability_zones) == length(distinct(var.availability_zones))
    error_message = "availability_zones must be two or three different ones."
  }

  validation {
    condition     = alltrue([for zone in var.availability_zones : startswith(zone, var.region)])
    error_message = "availability_zones must be of the region."
  }
}

variable "alarm_email" {
  description = "Who is told of alarms. AWS sends a message first that has to be confirmed."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email must be one address."
  }
}

variable "log_days" {
  description = "How long logs are kept. The heads of the audit are among them, so not less than somebody may ask who read a chart."
  type        = number
  default     = 2192

  validation {
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_days)
    error_message = "log_days must be a year or more, and a number that CloudWatch knows: 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}
