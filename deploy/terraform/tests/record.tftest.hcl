# Where the record is kept: the database, the bucket and their key.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "apply" {
  assert {
    condition     = aws_db_instance.this.publicly_accessible == false && aws_db_instance.this.vpc_security_group_ids == toset([aws_security_group.database.id])
    error_message = "The database must not be public."
  }

  assert {
    condition     = aws_db_subnet_group.this.subnet_ids == toset([for subnet in aws_subnet.database : subnet.id]) && aws_db_instance.this.db_subnet_group_name == aws_db_subnet_group.this.name
    error_message = "The database must stand in its own networks."
  }

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == aws_kms_key.this.arn
    error_message = "The database must be encrypted with the key."
  }

  assert {
    condition     = aws_db_instance.this.multi_az
    error_message = "A second machine must stand by in another zone."
  }

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 35 && aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot == false && aws_db_instance.this.delete_automated_backups == false
    error_message = "The database must be kept for 35 days, and not be deleted by mistake or without a last snapshot."
  }

  assert {
    condition     = aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"]) && alltrue([for group in aws_cloudwatch_log_group.database : group.kms_key_id == aws_kms_key.this.arn && group.retention_in_days >= 365])
    error_message = "The log of the database must be kept where its administrators cannot write."
  }

  assert {
    condition = tomap({ for parameter in aws_db_parameter_group.this.parameter : parameter.name => parameter.value }) == tomap({
      "rds.force_ssl"                   = "1"
      password_encryption               = "scram-sha-256"
      max_connections                   = "414"
      log_min_messages                  = "log"
      log_min_error_statement           = "panic"
      log_error_verbosity               = "terse"
      log_parameter_max_length          = "0"
      log_parameter_max_length_on_error = "0"
      log_min_duration_statement        = "1000"
    })
    error_message = "The database must refuse connections without TLS and log no values."
  }

  assert {
    condition     = aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name && aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.this.engine_version == "17"
    error_message = "The database must have these parameters."
  }

  assert {
    condition     = aws_db_instance.this.password == null && aws_db_instance.this.password_wo == null && aws_secretsmanager_secret_version.database_password.secret_string_wo == null
    error_message = "The password must not be in the state."
  }

  assert {
    condition     = aws_db_instance.this.password_wo_version == aws_secretsmanager_secret_version.database_password.secret_string_wo_version
    error_message = "The password must change in the database and in the secret at once."
  }

  assert {
    condition     = aws_secretsmanager_secret.database_password.kms_key_id == aws_kms_key.this.arn
    error_message = "The secret must be encrypted with the key."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket.this.force_destroy != true
    error_message = "What is overwritten or deleted in the bucket must be kept."
  }

  assert {
    condition = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.this.arn
    ])
    error_message = "The bucket must be encrypted with the key."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Nothing in the bucket must be public."
  }

  assert {
    condition = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny" && contains(statement.Resource, "${aws_s3_bucket.this.arn}/*")]) && [
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : jsonencode(statement.Condition)
    ] == [jsonencode({ Bool = { "aws:SecureTransport" = "false" } }), jsonencode({ NumericLessThan = { "s3:TlsVersion" = "1.2" } })]
    error_message = "The bucket must be reached over TLS 1.2 only."
  }

  assert {
    condition = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.status == "Enabled" && (length(rule.expiration) == 0 || rule.filter[0].prefix == "backups/")
    ])
    error_message = "Files must not expire."
  }

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key must be renewed, and take its time to be deleted."
  }
}

run "more_servers" {
  variables {
    servers_max = 8
  }

  assert {
    condition     = local.database_connections >= 8 * 1.5 * 64
    error_message = "Servers and those that replace them must find connections."
  }
}
