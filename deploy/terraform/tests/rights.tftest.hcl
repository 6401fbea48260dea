# What a server may do, and who is told.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "apply" {
  variables {
    image                = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/clinicql@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    image_repository_arn = "arn:aws:ecr:eu-central-1:123456789012:repository/clinicql"
  }

  # What AWS knows no resource for is named here, one by one.
  assert {
    condition = alltrue(flatten([
      for policy in [aws_iam_role_policy.server.policy, aws_iam_role_policy.image[0].policy, aws_iam_role_policy.network_log.policy] : [
        for statement in jsondecode(policy).Statement :
        !contains(flatten([statement.Resource]), "*") || length(setsubtract(flatten([statement.Action]), [
          "ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel", "ecr:GetAuthorizationToken",
        ])) == 0
      ]
    ]))
    error_message = "A right must be to something, not to everything."
  }

  assert {
    condition = alltrue(flatten([
      for policy in [aws_iam_role_policy.server.policy, aws_iam_role_policy.image[0].policy, aws_iam_role_policy.network_log.policy] : [
        for statement in jsondecode(policy).Statement : [for action in flatten([statement.Action]) : !strcontains(action, "*")]
      ]
    ]))
    error_message = "Actions must be named one by one."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_role_policy.server.policy).Statement : statement.Action])) == toset([
      "secretsmanager:GetSecretValue", "s3:PutObject", "s3:AbortMultipartUpload", "kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents",
      "ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
    ])
    error_message = "A server must read its secret, add to the bucket and to its log, and be reached by Session Manager: nothing else."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.server.policy).Statement : s.Resource if s.Sid == "Secret"] == [aws_secretsmanager_secret.database_password.arn]
    error_message = "A server must read the one secret."
  }

  assert {
    condition     = jsonencode([for s in jsondecode(aws_iam_role_policy.server.policy).Statement : s.Resource if s.Sid == "Add"]) == jsonencode([["${aws_s3_bucket.this.arn}/backups/*", "${aws_s3_bucket.this.arn}/files/*"]])
    error_message = "A server must add to the bucket where backups and files are."
  }

  assert {
    condition     = length(regexall("aws_iam_role_policy_attachment|aws_iam_policy_attachment|managed_policy_arns", join("", [for file in fileset(path.root, "*.tf") : file(file)]))) == 0
    error_message = "Policies of AWS give more than is needed: write the rights down."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Sid == "TheAccountByItsOwnPolicies" || can(statement.Condition)])
    error_message = "Services must use the key for this account only."
  }

  assert {
    condition     = strcontains(local.boot, "docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-central-1.amazonaws.com\n")
    error_message = "A server must sign in to the registry of its image."
  }

  assert {
    condition     = !strcontains(local.boot, nonsensitive(var.database_password == null ? "" : "0123456789abcdef"))
    error_message = "The password must not be in what a machine is told at its first boot."
  }

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset([
      "server-errors", "balancer-errors", "unhealthy-servers", "few-servers", "slow", "database-storage", "database-cpu", "database-connections",
    ]) && alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "Somebody must be told of errors, of servers that are not ready, of slowness, and of a database that runs out of something."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["few-servers"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.this["few-servers"].comparison_operator == "LessThanThreshold"
    error_message = "Silence about the servers must be an alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["slow"].extended_statistic == "p95" && aws_cloudwatch_metric_alarm.this["database-connections"].threshold < local.database_connections
    error_message = "Alarms must come before there is nothing left."
  }

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == aws_kms_key.this.arn && aws_sns_topic_subscription.email.endpoint == "operations@clinic.example"
    error_message = "Alarms must reach a person."
  }
}

run "image_of_another_registry" {
  assert {
    condition     = length(aws_iam_role_policy.image) == 0 && !strcontains(local.boot, "docker login")
    error_message = "Without a repository of ECR a server must have no rights to any."
  }
}
