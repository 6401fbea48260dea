# What AWS would make up: identifiers in the form that the provider demands.

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000001", key_id = "00000000-0000-0000-0000-000000000001" }
}

mock_resource "aws_lb" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/clinicql/1", arn_suffix = "app/clinicql/1" }
}

mock_resource "aws_lb_target_group" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/clinicql/2", arn_suffix = "targetgroup/clinicql/2" }
}

mock_resource "aws_launch_template" {
  defaults = { id = "lt-00000000000000001", latest_version = 1 }
}

mock_resource "aws_iam_role" {
  defaults = { id = "clinicql-role", name = "clinicql-role", arn = "arn:aws:iam::123456789012:role/clinicql-role" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::123456789012:instance-profile/clinicql-server" }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = {
    id  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:clinicql-database-password-000000"
    arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:clinicql-database-password-000000"
  }
}

mock_resource "aws_s3_bucket" {
  defaults = { id = "clinicql-1", bucket = "clinicql-1", arn = "arn:aws:s3:::clinicql-1" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/clinicql" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:clinicql-alarms" }
}

mock_resource "aws_db_instance" {
  defaults = { address = "clinicql.abcdefghijkl.eu-central-1.rds.amazonaws.com" }
}

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_ssm_parameter" {
  defaults = { insecure_value = "ami-00000000000000001" }
}
