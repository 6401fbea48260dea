resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.this.arn
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

locals {
  of_balancer = { LoadBalancer = aws_lb.this.arn_suffix }
  of_servers  = { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = aws_lb_target_group.server.arn_suffix }
  of_database = { DBInstanceIdentifier = aws_db_instance.this.identifier }

  # What a person has to look at. minutes is for how long, silence what no data means.
  alarms = {
    server-errors = {
      about     = "Servers answered with 5xx", namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.of_servers
      statistic = "Sum", above = 5, minutes = 3, silence = "notBreaching"
    }
    balancer-errors = {
      about     = "The load balancer had nobody to ask", namespace = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = local.of_balancer
      statistic = "Sum", above = 5, minutes = 3, silence = "notBreaching"
    }
    unhealthy-servers = {
      about     = "A server is not ready", namespace = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.of_servers
      statistic = "Maximum", above = 0, minutes = 10, silence = "breaching"
    }
    few-servers = {
      about     = "Fewer servers are ready than there should be", namespace = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.of_servers
      statistic = "Minimum", below = var.servers_min, minutes = 5, silence = "breaching"
    }
    slow = {
      about     = "One request in twenty takes longer than a second", namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.of_servers
      statistic = "p95", above = 1, minutes = 5, silence = "notBreaching"
    }
    database-storage = {
      about     = "The database's disk has less than a fifth of its first size left", namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.of_database
      statistic = "Minimum", below = var.database_storage_gb * 1024 * 1024 * 1024 / 5, minutes = 5, silence = "breaching"
    }
    database-cpu = {
      about     = "The database's processors are busy", namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.of_database
      statistic = "Average", above = 80, minutes = 15, silence = "breaching"
    }
    database-connections = {
      about     = "The database has few connections left", namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.of_database
      statistic = "Maximum", above = floor(local.database_connections * 0.8), minutes = 5, silence = "notBreaching"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each          = local.alarms
  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.about
  namespace         = each.value.namespace
  metric_name       = each.value.metric
  dimensions        = each.value.dimensions

  statistic           = each.value.statistic == "p95" ? null : each.value.statistic
  extended_statistic  = each.value.statistic == "p95" ? "p95" : null
  comparison_operator = can(each.value.above) ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = try(each.value.above, each.value.below)
  period              = 60
  evaluation_periods  = each.value.minutes
  treat_missing_data  = each.value.silence

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}

# What RDS knows and no figure shows: it failed over, it restarts, its disk is full, it cannot make a backup.
resource "aws_db_event_subscription" "this" {
  name             = var.name
  sns_topic        = aws_sns_topic.alarms.arn
  source_type      = "db-instance"
  source_ids       = [aws_db_instance.this.identifier]
  event_categories = ["availability", "backup", "deletion", "failover", "failure", "low storage", "maintenance", "recovery"]
}
