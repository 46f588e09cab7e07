# by the id of the content
terraform import livestation_curtain_content.notice 512
