terraform {
  # 1.11 is the first with write-only arguments, by which the password of the database stays out of the state.
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Application = "clinicql", Installation = var.name }
  }
}
