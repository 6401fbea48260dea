# Who can reach what.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "apply" {
  assert {
    condition = alltrue([
      for rule in concat(values(aws_vpc_security_group_ingress_rule.https), values(aws_vpc_security_group_ingress_rule.http)) :
      rule.security_group_id == aws_security_group.load_balancer.id && contains([80, 443], rule.from_port) && rule.to_port == rule.from_port
    ])
    error_message = "The internet must reach nothing but ports 80 and 443 of the load balancer."
  }

  assert {
    condition = alltrue([
      for rule in [aws_vpc_security_group_ingress_rule.server_from_load_balancer, aws_vpc_security_group_ingress_rule.database_from_server] :
      rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.from_port == rule.to_port
    ])
    error_message = "Servers and database must be reached from security groups, not from networks, and on one port each."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.server_from_load_balancer.referenced_security_group_id == aws_security_group.load_balancer.id,
      aws_vpc_security_group_ingress_rule.server_from_load_balancer.security_group_id == aws_security_group.server.id,
      aws_vpc_security_group_ingress_rule.database_from_server.referenced_security_group_id == aws_security_group.server.id,
      aws_vpc_security_group_ingress_rule.database_from_server.security_group_id == aws_security_group.database.id,
    ])
    error_message = "The load balancer alone must reach the servers, and the servers alone the database."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.server_to_services.from_port == 443 && aws_vpc_security_group_egress_rule.server_to_services.to_port == 443
    error_message = "Servers must reach the internet on port 443 only."
  }

  # Rules that are written inside a group, or are none of those above, would pass by the assertions.
  assert {
    condition     = alltrue([for group in [aws_security_group.load_balancer, aws_security_group.server, aws_security_group.database] : length(group.ingress) == 0 && length(group.egress) == 0])
    error_message = "Rules must be resources of their own."
  }

  assert {
    condition     = length(regexall("resource \"aws_vpc_security_group_[a-z]+_rule\"", join("", [for file in fileset(path.root, "*.tf") : file(file)]))) == 7
    error_message = "A rule came or went: say in this test what it lets through."
  }

  assert {
    condition     = length(regexall("0\\.0\\.0\\.0/0", join("", [for file in fileset(path.root, "*.tf") : file(file)]))) == 4
    error_message = "The whole internet must be named in two routes, in allowed_networks and in what servers may reach."
  }

  assert {
    condition     = length(aws_default_security_group.none.ingress) == 0 && length(aws_default_security_group.none.egress) == 0
    error_message = "The default security group must let nothing through."
  }

  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.public), values(aws_subnet.server), values(aws_subnet.database)) : subnet.cidr_block])) == 6
    error_message = "Two zones must have six networks that differ."
  }

  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.server), values(aws_subnet.database)) : subnet.map_public_ip_on_launch != true])
    error_message = "Nothing must get a public address by itself."
  }

  assert {
    condition     = length(aws_route_table.database.route) == 0
    error_message = "The database must have no way out."
  }
}

run "three_zones" {
  variables {
    availability_zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  }

  assert {
    condition     = length(aws_nat_gateway.out) == 3 && length(aws_lb.this.subnets) == 3 && length(aws_autoscaling_group.server.vpc_zone_identifier) == 3
    error_message = "Each zone must have its own way out, a place of the load balancer and one for servers."
  }
}

run "known_addresses_only" {
  variables {
    allowed_networks = ["203.0.113.0/24"]
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.https)) == toset(["203.0.113.0/24"]) && toset(keys(aws_vpc_security_group_ingress_rule.http)) == toset(["203.0.113.0/24"])
    error_message = "With allowed_networks nobody else must reach the load balancer."
  }
}
