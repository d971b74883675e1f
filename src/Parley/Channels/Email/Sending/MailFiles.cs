using Parley.Platform.Blobs;
using Parley.Platform.Mail;

namespace Parley.Channels.Email.Sending;

/// <summary>The files of a message as they travel in its mail: pictures shown in it, all others beside it.</summary>
internal sealed class MailFiles(BlobStore blobs)
{
    /// <summary>A picture that is larger travels as a file, which is read while it is sent.</summary>
    private const long LargestPicture = 2 * 1024 * 1024;
    private const int MostPictures = 10;

    private static readonly string[] Shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public async Task<(IReadOnlyList<LetterFile> Files, IReadOnlyList<Inline> Pictures)> Of(IEnumerable<OutboundFile> all, string domain)
    {
        var (files, pictures) = (new List<LetterFile>(), new List<Inline>());
        foreach (var file in all)
        {
            if (await blobs.Open(file.Id.Value) is not { } content)
            {
                // It was taken back with what it stood in.
                continue;
            }

            await using (content)
            {
                if (pictures.Count < MostPictures && file.Size <= LargestPicture && Shown.Contains(file.Mime))
                {
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes);
                    pictures.Add(new Inline($"{file.Id}@{domain}", file.Mime, bytes.ToArray()) { Name = file.Name });
                    continue;
                }
            }

            files.Add(new LetterFile(file.Name, file.Mime, () => new Kept(blobs, file.Id.Value)));
        }

        return (files, pictures);
    }

    /// <summary>A file that is opened when its first bytes are wanted.</summary>
    private sealed class Kept(BlobStore blobs, Guid id) : MemoryStream
    {
        private Stream? _content;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _content ??= await blobs.Open(id, cancellationToken) ?? throw new IOException("A file of the letter is gone.");
            return await _content.ReadAsync(buffer, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_content is not null)
            {
                await _content.DisposeAsync();
            }

            await base.DisposeAsync();
        }
    }
}
