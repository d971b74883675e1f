namespace Parley.Workspaces;

/// <summary>Where pictures that everybody may see (agents' faces, brands' logos) are found. They alone are served without a signature.</summary>
public static class Pictures
{
    public const string Path = "/v1/pictures";

    public static string? Address(FileId? picture) => picture is { IsEmpty: false } file ? $"{Path}/{file}" : null;
}
