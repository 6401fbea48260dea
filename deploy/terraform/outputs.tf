output "address" {
  description = "Where people go, once host_name points at load_balancer_name."
  value       = "https://${var.host_name}"
}

output "load_balancer_name" {
  description = "What the name of the clinic has to point at: a CNAME, or an alias with load_balancer_zone."
  value       = aws_lb.this.dns_name
}

output "load_balancer_zone" {
  description = "Zone for an alias in Route 53."
  value       = aws_lb.this.zone_id
}

output "log_group" {
  description = "Log of the servers: the link for the first administrator is in it, and the heads of the audit."
  value       = aws_cloudwatch_log_group.server.name
}

output "bucket" {
  description = "Bucket for backups/ and files/."
  value       = aws_s3_bucket.this.bucket
}

output "database_address" {
  description = "Address of the database; the servers alone reach it."
  value       = aws_db_instance.this.address
}

output "alarm_topic" {
  description = "Topic of the alarms, for more people than alarm_email."
  value       = aws_sns_topic.alarms.arn
}
