# The load balancer, and the servers behind it.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "apply" {
  variables {
    settings = { CLINICQL_SESSION_IDLE = "10m" }
  }

  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" && aws_lb_listener.https.certificate_arn == var.certificate_arn
    error_message = "People must be served over TLS 1.2 or newer, by the certificate."
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    error_message = "HTTP must lead to HTTPS and nowhere else."
  }

  assert {
    condition     = aws_lb.this.internal != true && aws_lb.this.drop_invalid_header_fields && aws_lb.this.enable_deletion_protection && aws_lb.this.xff_header_processing_mode == "append"
    error_message = "The load balancer must drop broken headers, add the address of whoever asks, and not be deleted by mistake."
  }

  assert {
    condition     = aws_lb.this.idle_timeout < 120
    error_message = "The load balancer must close idle connections before the server does, after two minutes."
  }

  assert {
    condition     = aws_lb_target_group.server.health_check[0].path == "/health/ready" && aws_lb_target_group.server.health_check[0].matcher == "200"
    error_message = "A server must get requests while it is ready, and only then."
  }

  assert {
    condition = (
      aws_lb_target_group.server.health_check[0].interval * aws_lb_target_group.server.health_check[0].unhealthy_threshold < tonumber(trimsuffix(local.environment.CLINICQL_DRAIN, "s"))
      && tonumber(trimsuffix(local.environment.CLINICQL_DRAIN, "s")) < tonumber(aws_lb_target_group.server.deregistration_delay)
    )
    error_message = "A server must answer on until the load balancer has seen that it stops, and be done before it is taken away."
  }

  assert {
    condition     = strcontains(local.boot, "docker stop --time 60 clinicql") && strcontains(local.boot, "TimeoutStopSec=75")
    error_message = "A server must be given its 15 seconds of draining, the 30 in which requests end, and some to seal the audit."
  }

  assert {
    condition     = aws_launch_template.server.metadata_options[0].http_tokens == "required" && aws_launch_template.server.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "The metadata of machines must ask for a token (IMDSv2), and be out of reach of the container."
  }

  assert {
    condition     = alltrue([for device in aws_launch_template.server.block_device_mappings : tobool(device.ebs[0].encrypted)]) && length(aws_launch_template.server.block_device_mappings) == 1
    error_message = "Disks must be encrypted."
  }

  assert {
    condition     = aws_launch_template.server.key_name == null && !strcontains(local.boot, "authorized_keys") && strcontains(local.boot, "systemctl disable --now sshd")
    error_message = "Nobody must come in by SSH."
  }

  assert {
    condition     = !tobool(aws_launch_template.server.network_interfaces[0].associate_public_ip_address) && tolist(aws_launch_template.server.network_interfaces[0].security_groups) == tolist([aws_security_group.server.id])
    error_message = "Servers must have no public address and the security group of servers alone."
  }

  assert {
    condition     = base64decode(aws_launch_template.server.user_data) == local.boot && length(local.boot) < 16384
    error_message = "What a machine does at its first boot must fit into the 16 KB that AWS takes."
  }

  assert {
    condition = alltrue([for option in ["--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--user 65532:65532", "dst=/run/clinicql,readonly"] :
      strcontains(local.boot, option)
    ])
    error_message = "The container must be read-only, without capabilities, new privileges and root."
  }

  assert {
    condition     = length(regexall("--privileged|docker.sock|--network host|--pid host|--cap-add", local.boot)) == 0
    error_message = "The container must not reach what is the machine's."
  }

  assert {
    condition     = strcontains(local.boot, "\n  registry.example/clinicql@sha256:${join("", [for i in range(64) : "0"])}\nExecStop=")
    error_message = "The image must run that was named, by its digest."
  }

  assert {
    condition = alltrue([for line in [
      "CLINICQL_PRODUCTION=true", "CLINICQL_PUBLIC_URL=https://clinic.example", "CLINICQL_TRUSTED_PROXIES=10.20.0.0/20,10.20.16.0/20", "CLINICQL_LISTEN=:8080",
      "CLINICQL_DRAIN=15s", "CLINICQL_SESSION_IDLE=10m", "DATABASE_PASSWORD_FILE=/run/clinicql/database_password",
      "DATABASE_URL=postgres://clinicql@clinicql.abcdefghijkl.eu-central-1.rds.amazonaws.com:5432/clinicql?sslmode=verify-full&sslrootcert=/run/clinicql/database-ca.pem&connect_timeout=3",
    ] : strcontains(local.boot, "\n${line}\n")])
    error_message = "The program must be told where it is reached, whom to believe, and to verify its database."
  }

  assert {
    condition     = aws_autoscaling_group.server.min_size == 2 && aws_autoscaling_group.server.max_size == 4 && aws_autoscaling_group.server.health_check_type == "ELB" && aws_autoscaling_group.server.target_group_arns == toset([aws_lb_target_group.server.arn])
    error_message = "There must be two servers at least, and one that is not ready must be replaced."
  }

  assert {
    condition     = toset(aws_autoscaling_group.server.vpc_zone_identifier) == toset([for subnet in aws_subnet.server : subnet.id])
    error_message = "Servers must stand in the networks of servers."
  }

  assert {
    condition     = aws_autoscaling_group.server.instance_refresh[0].preferences[0].min_healthy_percentage == 100 && aws_autoscaling_group.server.instance_refresh[0].preferences[0].auto_rollback
    error_message = "A change must keep as many servers as there were, and be taken back when new ones do not become ready."
  }
}
