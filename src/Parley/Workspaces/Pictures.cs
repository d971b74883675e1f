namespace Parley.Workspaces;

/// <summary>Where pictures that everybody may see (agents' faces, brands' logos) are found. They alone are served without a signature.</summary>
public static class Pictures
{
    public const string Path = "/v1/pictures";

    public static string? Address(FileId? picture) => picture is { IsEmpty: false } file ? $"{Path}/{file}" : null;

    /// <summary>What somebody wishes to be shown with: nothing said (null), nothing at all (the empty id), or a file; whether it may be that is <see cref="IPictureProof"/>'s to say.</summary>
    public static FileId? Wish(string? text) => text is null ? null : FileId.Parse(text);

    /// <summary>The unique key by which whoever is shown with a picture holds the file: it is theirs, and no longer unused.</summary>
    public static string ClaimKey(FileId picture) => $"file:{picture}";
}

/// <summary>Says whether somebody may show a file as a picture: their own upload, and a picture that browsers decode.</summary>
public interface IPictureProof
{
    Task<bool> Fits(Principal who, FileId file);
}
