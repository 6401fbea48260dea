locals {
  database_name = "clinicql"
  database_user = "clinicql"
  database_port = 5432

  # A server opens up to 64 connections, a change has up to half as many servers again, and somebody must still get in.
  database_connections = ceil(var.servers_max * 1.5) * 64 + 30

  database_parameters = {
    "rds.force_ssl"     = "1"
    password_encryption = "scram-sha-256"

    # No values of rows and no parameters in its log: docs/operations.md.
    log_min_messages                  = "log"
    log_min_error_statement           = "panic"
    log_error_verbosity               = "terse"
    log_parameter_max_length          = "0"
    log_parameter_max_length_on_error = "0"
    log_min_duration_statement        = "1000"
  }
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = [for subnet in aws_subnet.database : subnet.id]
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.database_version}"

  dynamic "parameter" {
    for_each = local.database_parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  # This one is read at a restart only.
  parameter {
    name         = "max_connections"
    value        = local.database_connections
    apply_method = "pending-reboot"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Its user makes the logins of the application: the owner of an RDS has CREATEROLE, and owns the database that is made with it.
resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.database_version
  instance_class = var.database_instance_class
  db_name        = local.database_name
  port           = local.database_port

  username            = local.database_user
  password_wo         = var.database_password
  password_wo_version = var.database_password_version

  allocated_storage     = var.database_storage_gb
  max_allocated_storage = var.database_storage_gb * 4
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = aws_kms_key.this.arn

  multi_az               = true
  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]
  parameter_group_name   = aws_db_parameter_group.this.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  backup_retention_period   = 35
  backup_window             = "01:00-02:00"
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-last"

  maintenance_window          = "sun:02:30-sun:03:30"
  apply_immediately           = var.database_changes_now
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = true # only by another database_version: nothing does it by itself

  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  depends_on                      = [aws_cloudwatch_log_group.database]
}
