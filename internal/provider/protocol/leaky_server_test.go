package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// leakyServer is a framework server whose every response contains the secret wherever it can hold text for people.
type leakyServer struct{}

var _ frameworkServer = leakyServer{}

func (leakyServer) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return saying[tfprotov6.GetMetadataResponse](), nil
}

func (leakyServer) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return saying[tfprotov6.GetProviderSchemaResponse](), nil
}

func (leakyServer) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return saying[tfprotov6.GetResourceIdentitySchemasResponse](), nil
}

func (leakyServer) ValidateProviderConfig(context.Context, *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return saying[tfprotov6.ValidateProviderConfigResponse](), nil
}

func (leakyServer) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return saying[tfprotov6.ConfigureProviderResponse](), nil
}

func (leakyServer) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return saying[tfprotov6.StopProviderResponse](), nil
}

func (leakyServer) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return saying[tfprotov6.ValidateResourceConfigResponse](), nil
}

func (leakyServer) UpgradeResourceState(context.Context, *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return saying[tfprotov6.UpgradeResourceStateResponse](), nil
}

func (leakyServer) UpgradeResourceIdentity(context.Context, *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return saying[tfprotov6.UpgradeResourceIdentityResponse](), nil
}

func (leakyServer) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return saying[tfprotov6.ReadResourceResponse](), nil
}

func (leakyServer) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return saying[tfprotov6.PlanResourceChangeResponse](), nil
}

func (leakyServer) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return saying[tfprotov6.ApplyResourceChangeResponse](), nil
}

func (leakyServer) ImportResourceState(context.Context, *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return saying[tfprotov6.ImportResourceStateResponse](), nil
}

func (leakyServer) MoveResourceState(context.Context, *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return saying[tfprotov6.MoveResourceStateResponse](), nil
}

func (leakyServer) GenerateResourceConfig(context.Context, *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return saying[tfprotov6.GenerateResourceConfigResponse](), nil
}

func (leakyServer) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return saying[tfprotov6.ValidateDataResourceConfigResponse](), nil
}

func (leakyServer) ReadDataSource(context.Context, *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return saying[tfprotov6.ReadDataSourceResponse](), nil
}

func (leakyServer) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return saying[tfprotov6.GetFunctionsResponse](), nil
}

func (leakyServer) CallFunction(context.Context, *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return saying[tfprotov6.CallFunctionResponse](), nil
}

func (leakyServer) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return saying[tfprotov6.ValidateEphemeralResourceConfigResponse](), nil
}

func (leakyServer) OpenEphemeralResource(context.Context, *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return saying[tfprotov6.OpenEphemeralResourceResponse](), nil
}

func (leakyServer) RenewEphemeralResource(context.Context, *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return saying[tfprotov6.RenewEphemeralResourceResponse](), nil
}

func (leakyServer) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return saying[tfprotov6.CloseEphemeralResourceResponse](), nil
}

func (leakyServer) ValidateListResourceConfig(context.Context, *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return saying[tfprotov6.ValidateListResourceConfigResponse](), nil
}

func (leakyServer) ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return saying[tfprotov6.ListResourceServerStream](), nil
}

func (leakyServer) ValidateActionConfig(context.Context, *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return saying[tfprotov6.ValidateActionConfigResponse](), nil
}

func (leakyServer) PlanAction(context.Context, *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return saying[tfprotov6.PlanActionResponse](), nil
}

func (leakyServer) InvokeAction(context.Context, *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return saying[tfprotov6.InvokeActionServerStream](), nil
}
