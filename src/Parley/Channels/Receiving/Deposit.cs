using System.Collections.Immutable;
using System.Text;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Blobs;

namespace Parley.Channels.Receiving;

/// <summary>Keeps the files that came with a message. What cannot be kept is named in the message's words: that it was sent is never lost.</summary>
internal sealed class Deposit(FileStore files, BlobStore blobs, FileSettings settings, TimeProvider time)
{
    private const int NameLimit = 150;

    public async Task<Content> Content(WorkspaceId workspace, Author author, InboundMessage message)
    {
        var (cards, missed) = (ImmutableArray.CreateBuilder<FileCard>(), new List<string>());
        var text = Platform.Words.Clean(message.Text ?? "").Trim();
        var attached = message.Files.AsEnumerable();
        if (Platform.Words.Exceed(text, Conversations.Content.TextLimit))
        {
            // Nobody writes so much by hand. The beginning is read in the thread, all of it in the file.
            attached = attached.Prepend(new InboundFile("message.txt", "text/plain", Encoding.UTF8.GetBytes(text)));
            text = Degrading.Pieces(text, Conversations.Content.TextLimit - 100)[0] + "\n…";
        }

        foreach (var file in attached)
        {
            if (cards.Count < Conversations.Content.FilesLimit && await Keep(workspace, author, file) is { } card)
            {
                cards.Add(card);
            }
            else
            {
                missed.Add($"📎 {Named(file.Name)} ✗");
            }
        }

        text = string.Join('\n', missed.Prepend(text).Where(line => line.Length > 0));
        return new Content(cards.Count > 0 && text.Length == 0 ? "file" : "text", text.Length == 0 ? cards.Count == 0 ? "…" : null : text, Files: cards.Count == 0 ? null : cards.ToImmutable(), Language: null);
    }

    /// <summary>Null: it is empty, too large, or not what it says.</summary>
    private async Task<FileCard?> Keep(WorkspaceId workspace, Author author, InboundFile file)
    {
        var (name, bytes) = (Named(file.Name), file.Bytes);
        if (bytes.IsEmpty || bytes.Length > settings.Limit || blobs.Free < settings.LeastFree + bytes.Length || Sniffing.Claimed(file.Mime, name) is not { } mime
            || !settings.Types.Split(',', StringSplitOptions.TrimEntries).Contains(mime, StringComparer.OrdinalIgnoreCase) || !Sniffing.BearsOut(mime, bytes.Span[..Math.Min(bytes.Length, Sniffing.Length)]))
        {
            return null;
        }

        var size = mime is "image/png" or "image/jpeg" or "image/gif" or "image/webp" ? ImageSize.Of(mime, bytes.ToArray()) : null;
        var kept = new StoredFile(FileId.New(time), name, bytes.Length, mime, size?.Width, size?.Height);
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        return await files.Keep(workspace, author, source: null, kept, content) ? new FileCard(kept.Id, kept.Name, kept.Size, kept.Mime, kept.Width, kept.Height) : null;
    }

    /// <summary>The last part of the name, without what could break out of a folder or a header.</summary>
    private static string Named(string name)
    {
        var last = new string([.. Platform.Words.Clean(name.Split('/', '\\')[^1]).Where(c => !char.IsControl(c))]).Trim();
        return last.Length switch { 0 => "file", > NameLimit => last[..(NameLimit - 20)] + last[^20..], _ => last };
    }
}
