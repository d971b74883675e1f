using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

public sealed record BrandSet(Brand Brand) : EntryBody;

/// <summary>Adds a brand or changes one; what is null stays.</summary>
public sealed record SetBrand(Origin Origin, BrandId Brand, string? Name = null, string? Color = null, FileId? Logo = null) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

internal static class Branding
{
    public static Decision Decide(WorkspaceState state, SetBrand command)
    {
        var before = state.Brands.GetValueOrDefault(command.Brand);
        if (before is null && command.Name is null)
        {
            return Refusal.Unknown("brand");
        }

        var after = new Brand(command.Brand, (command.Name ?? before!.Name).Trim(), (command.Color ?? before?.Color ?? Founding.FirstColor).ToLowerInvariant(), command.Logo ?? before?.Logo);
        return (Naming.Name(after.Name) ?? Naming.Color(after.Color)) is { } refusal
            ? refusal
            : after == before
                ? Decision.Nothing
                : new Decision
                {
                    Drafts = [new Draft(new BrandSet(after))],
                    Claims = after.Logo is { } logo && logo != before?.Logo ? [new Claim(Pictures.ClaimKey(logo), command.Subject)] : [],
                };
    }
}
