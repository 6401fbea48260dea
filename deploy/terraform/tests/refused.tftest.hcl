# Values that would make a clinic unsafe, or fail only later.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "draining_longer_than_the_load_balancer_waits" {
  command = plan

  variables {
    drain_seconds                = 60
    deregistration_delay_seconds = 60
  }

  expect_failures = [var.deregistration_delay_seconds]
}

run "draining_shorter_than_the_load_balancer_needs" {
  command = plan

  variables {
    drain_seconds = 10
  }

  expect_failures = [var.drain_seconds]
}

run "image_without_a_digest" {
  command = plan

  variables {
    image = "registry.example/clinicql:latest"
  }

  expect_failures = [var.image]
}

run "one_zone_and_one_server" {
  command = plan

  variables {
    availability_zones = ["eu-central-1a"]
    servers_min        = 1
  }

  expect_failures = [var.availability_zones, var.servers_min]
}

run "zones_and_certificate_of_another_region" {
  command = plan

  variables {
    availability_zones = ["eu-west-1a", "eu-west-1b"]
    certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  }

  expect_failures = [var.availability_zones, var.certificate_arn]
}

run "more_servers_than_the_database_has_connections_for" {
  command = plan

  variables {
    servers_max = 9
  }

  expect_failures = [var.servers_max]
}

run "address_instead_of_a_name" {
  command = plan

  variables {
    host_name = "https://clinic.example/"
    network   = "8.8.0.0/16"
    name      = "Clinic"
  }

  expect_failures = [var.host_name, var.network, var.name]
}

run "machines_of_another_kind" {
  command = plan

  variables {
    instance_type           = "t4g.medium"
    database_instance_class = "db.t4g.micro"
    database_version        = "14"
  }

  expect_failures = [var.instance_type, var.database_instance_class, var.database_version]
}

run "short_password" {
  command = plan

  variables {
    database_password = "0123456789abcdef"
  }

  expect_failures = [var.database_password]
}

run "logs_for_a_month" {
  command = plan

  variables {
    log_days         = 30
    allowed_networks = []
    alarm_email      = "somebody"
  }

  expect_failures = [var.log_days, var.allowed_networks, var.alarm_email]
}

run "demonstration_among_the_settings" {
  command = plan

  variables {
    settings = { CLINICQL_DEMO = "true" }
  }

  expect_failures = [var.settings]
}

run "setting_that_has_a_variable_of_its_own" {
  command = plan

  variables {
    settings = { CLINICQL_PRODUCTION = "false" }
  }

  expect_failures = [var.settings]
}

run "setting_of_two_lines" {
  command = plan

  variables {
    settings = { CLINICQL_LOG_LEVEL = "info\nDATABASE_URL=postgres://elsewhere/" }
  }

  expect_failures = [var.settings]
}
