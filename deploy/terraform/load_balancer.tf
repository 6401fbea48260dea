locals {
  # The load balancer takes a server away after health_interval × unhealthy_after seconds of 503.
  health_interval = 5
  unhealthy_after = 2
}

resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  subnets                    = [for subnet in aws_subnet.public : subnet.id]
  security_groups            = [aws_security_group.load_balancer.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true

  # Shorter than the two minutes after which a server closes an idle connection, or requests meet a closed one. Sockets of
  # subscriptions are kept awake by their pings.
  idle_timeout = 60

  # The address of whoever asks is appended; the server believes the last one that none of its trusted proxies has.
  xff_header_processing_mode = "append"
}

resource "aws_lb_target_group" "server" {
  name                 = var.name
  vpc_id               = aws_vpc.this.id
  target_type          = "instance"
  protocol             = "HTTP"
  port                 = local.port
  deregistration_delay = var.deregistration_delay_seconds

  # Sessions are in the database: any server answers anybody.
  stickiness {
    type    = "lb_cookie"
    enabled = false
  }

  health_check {
    path                = "/health/ready"
    matcher             = "200"
    interval            = local.health_interval
    timeout             = 4
    healthy_threshold   = 2
    unhealthy_threshold = local.unhealthy_after
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn

  # TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only.
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

  routing_http_response_server_enabled                         = false
  routing_http_response_strict_transport_security_header_value = "max-age=31536000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.server.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}
