using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>A picture is one's own upload, of a kind that browsers decode and that was measured when it came.</summary>
internal sealed class PictureProof(FileStore files) : IPictureProof
{
    /// <summary>Every visitor of every page loads it.</summary>
    private const long Limit = 2 * 1024 * 1024;

    public async Task<bool> Fits(Principal who, FileId file) =>
        await files.Own(who, file) is { Width: not null, Size: <= Limit, Mime: "image/png" or "image/jpeg" or "image/gif" or "image/webp" };
}
