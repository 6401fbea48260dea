# Logs are out of reach of whoever administers the database: the heads of the audit are in that of the servers.

resource "aws_cloudwatch_log_group" "server" {
  name              = "/clinicql/${var.name}/server"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.this.arn
}

# RDS writes into groups of these names, and would make them itself, to be kept for ever and with another key.
resource "aws_cloudwatch_log_group" "database" {
  for_each          = toset(["postgresql", "upgrade"])
  name              = "/aws/rds/instance/${var.name}/${each.key}"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_cloudwatch_log_group" "network" {
  name              = "/clinicql/${var.name}/network"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_flow_log" "this" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.network.arn
  iam_role_arn    = aws_iam_role.network_log.arn
}
