locals {
  port = 8080

  # How long a server that is told to stop may take: it drains, ends requests for at most 20 seconds, and seals the audit.
  stop_seconds = var.drain_seconds + 45

  # What the program is told, in the words of docs/operations.md. No secret is among it.
  environment = {
    CLINICQL_PRODUCTION      = "true"
    CLINICQL_LISTEN          = ":${local.port}"
    CLINICQL_PUBLIC_URL      = "https://${var.host_name}"
    CLINICQL_TRUSTED_PROXIES = join(",", [for subnet in aws_subnet.public : subnet.cidr_block])
    CLINICQL_DRAIN           = "${var.drain_seconds}s"
    DATABASE_URL             = "postgres://${local.database_user}@${aws_db_instance.this.address}:${local.database_port}/${local.database_name}?sslmode=verify-full&sslrootcert=/run/clinicql/database-ca.pem&connect_timeout=3"
    DATABASE_PASSWORD_FILE   = "/run/clinicql/database_password"
  }

  boot = templatefile("${path.module}/boot.sh.tftpl", {
    region           = var.region
    image            = var.image
    registry         = var.image_repository_arn == null ? "" : split("/", var.image)[0]
    port             = local.port
    environment      = merge(var.settings, local.environment)
    secret           = aws_secretsmanager_secret.database_password.arn
    password_version = var.database_password_version
    log_group        = aws_cloudwatch_log_group.server.name
    stop_seconds     = local.stop_seconds
  })
}

# Amazon Linux of the day: the servers are renewed by the first `terraform apply` after a new one is there.
data "aws_ssm_parameter" "system" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

resource "aws_launch_template" "server" {
  name_prefix                          = "${var.name}-server-"
  image_id                             = data.aws_ssm_parameter.system.insecure_value
  instance_type                        = var.instance_type
  user_data                            = base64encode(local.boot)
  ebs_optimized                        = true
  instance_initiated_shutdown_behavior = "terminate"

  iam_instance_profile {
    arn = aws_iam_instance_profile.server.arn
  }

  # With one hop the container cannot ask for the rights of its machine.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  network_interfaces {
    associate_public_ip_address = false
    delete_on_termination       = true
    security_groups             = [aws_security_group.server.id]
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 20
      encrypted             = true
      delete_on_termination = true
    }
  }

  monitoring {
    enabled = true
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-server" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "${var.name}-server" }
  }
}

resource "aws_autoscaling_group" "server" {
  name                      = "${var.name}-server"
  min_size                  = var.servers_min
  max_size                  = var.servers_max
  vpc_zone_identifier       = [for subnet in aws_subnet.server : subnet.id]
  target_group_arns         = [aws_lb_target_group.server.arn]
  health_check_type         = "ELB"
  health_check_grace_period = 240
  default_instance_warmup   = 60
  enabled_metrics           = ["GroupInServiceInstances", "GroupDesiredCapacity"]

  launch_template {
    id      = aws_launch_template.server.id
    version = aws_launch_template.server.latest_version
  }

  # A new server is ready before an old one goes; one that does not become ready stops the change and takes it back.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 150
      auto_rollback          = true
      skip_matching          = true
    }
  }

  instance_maintenance_policy {
    min_healthy_percentage = 100
    max_healthy_percentage = 150
  }

  # Rights and routes are there before the first server asks for its secret, and go after the last.
  depends_on = [
    aws_iam_role_policy.server, aws_secretsmanager_secret_version.database_password,
    aws_route_table_association.server, aws_vpc_security_group_egress_rule.server_to_services,
  ]
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "${var.name}-cpu"
  autoscaling_group_name = aws_autoscaling_group.server.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
