using Parley.Contacts;
using Parley.Platform.Blobs;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>A brand's logo as it travels in a mail: what a program would have to fetch tells when it is read, and is often not shown.</summary>
internal sealed class Logos(FileStore files, BlobStore blobs)
{
    /// <summary>A mail is small; a logo that is not is left out, and the name stands there.</summary>
    private const long Limit = 100 * 1024;

    public async Task<Inline?> Of(FileId? logo)
    {
        if (logo is not { IsEmpty: false } id || await files.Find(id) is not { Size: <= Limit, Mime: "image/png" or "image/jpeg" or "image/gif" } file || await blobs.Open(id.Value) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            return new Inline("logo", file.Mime, bytes.ToArray());
        }
    }
}
