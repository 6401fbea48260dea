# The only secret there is. It goes from the variable to AWS and is in no plan and no state.

resource "aws_secretsmanager_secret" "database_password" {
  name_prefix             = "${var.name}-database-password-"
  description             = "Password of the owner of ClinicQL's database"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_version" "database_password" {
  secret_id                = aws_secretsmanager_secret.database_password.id
  secret_string_wo         = var.database_password
  secret_string_wo_version = var.database_password_version
}
