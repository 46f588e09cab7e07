// Package curtain holds the Terraform objects of live curtains (livestation_curtain) and of the contents that they show
// (livestation_curtain_content), and the actions that insert and remove a curtain.
package curtain
