using System.Collections.Immutable;
using System.Text;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Blobs;
using Parley.Platform.Mail.Reading;

namespace Parley.Channels.Receiving;

/// <summary>Keeps the files that came with a message. What cannot be kept is named in the message's words: that it was sent is never lost.</summary>
internal sealed class Deposit(FileStore files, BlobStore blobs, FileSettings settings, TimeProvider time)
{
    private const int NameLimit = 150;

    private const string Unknown = "application/octet-stream";

    /// <summary>What runs when it is opened is not kept, whatever it calls itself.</summary>
    private static readonly string[] Programs = [".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".lnk", ".ps1", ".jar", ".cpl", ".reg", ".apk", ".html", ".htm", ".svg", ".xhtml"];

    public async Task<Content> Content(WorkspaceId workspace, Author author, InboundMessage message)
    {
        var (cards, missed, pictures) = (ImmutableArray.CreateBuilder<FileCard>(), new List<string>(), new Dictionary<string, FileId>(StringComparer.OrdinalIgnoreCase));
        var text = Platform.Words.Clean(message.Text ?? "").Trim();
        // Where not all have room, what was attached has it before what merely stands in the words.
        var attached = message.Files.Length > Conversations.Content.FilesLimit - 1 ? message.Files.OrderBy(IsInline) : message.Files.AsEnumerable();
        if (Platform.Words.Exceed(text, Conversations.Content.TextLimit))
        {
            // Nobody writes so much by hand. The beginning is read in the thread, all of it in the file.
            attached = attached.Prepend(new InboundFile("message.txt", "text/plain", Encoding.UTF8.GetBytes(text)));
            text = Degrading.Pieces(text, Conversations.Content.TextLimit - 100)[0] + "\n…";
        }

        foreach (var file in attached)
        {
            if (cards.Count < Conversations.Content.FilesLimit && file.Left is null && await Keep(workspace, author, message.Mail is null ? file : Shown(file)) is { } card)
            {
                cards.Add(card);
                pictures[file.ContentId ?? card.Id.ToString()] = card.Id;
            }
            else
            {
                missed.Add($"📎 {Named(file.Name)} ✗");
            }
        }

        text = string.Join('\n', missed.Prepend(text).Where(line => line.Length > 0));
        return new Content(cards.Count > 0 && text.Length == 0 ? "file" : "text", text.Length == 0 ? cards.Count == 0 ? "…" : null : text, Files: cards.Count == 0 ? null : cards.ToImmutable(), Language: null)
        {
            Mail = message.Mail is { } mail ? mail.Said.Cut() with { Page = mail.Page is { } page ? await Page(workspace, author, page, pictures) : null } : null,
        };
    }

    /// <summary>The mail as it looked: cleaned, with its own pictures named by the files that they are now, and nothing that anybody else is asked for.</summary>
    private async Task<FileCard?> Page(WorkspaceId workspace, Author author, string page, Dictionary<string, FileId> pictures)
    {
        var clean = CleanPage.Of(page, id => pictures.TryGetValue(id, out var file) ? $"cid:{file}" : null, named: true);
        var bytes = Encoding.UTF8.GetBytes(clean.Html);
        return bytes.Length == 0 || bytes.Length > settings.Limit || blobs.Free < settings.LeastFree + bytes.Length ? null : await Put(workspace, author, new StoredFile(FileId.New(time), "mail.html", bytes.Length, "text/html", null, null), bytes);
    }

    /// <summary>A file of a mail as what it is: by its first bytes, whatever it calls itself. What is of no kind that is known here is handed out as bytes alone; a program is what it is, and not kept.</summary>
    private InboundFile Shown(InboundFile file)
    {
        var name = Named(file.Name);
        var head = file.Bytes.Span[..Math.Min(file.Bytes.Length, Sniffing.Length)];
        var claimed = Sniffing.Claimed(file.Mime, name);
        if (claimed is not null && Allowed(claimed) && Sniffing.BearsOut(claimed, head))
        {
            return file with { Name = name };
        }

        var ending = Path.GetExtension(name.TrimEnd('.', ' '));
        return Sniffing.Of(head) switch
        {
            "application/x-msdownload" or "application/x-elf" => file with { Mime = "application/x-msdownload" },
            _ when Programs.Contains(ending, StringComparer.OrdinalIgnoreCase) => file with { Mime = "application/x-msdownload" },
            { } found when Allowed(found) => file with { Name = $"{name}.{found.Split('/')[1].Split('.')[^1]}", Mime = found },
            _ => file with { Name = name, Mime = Unknown, IsMail = true },
        };
    }

    private bool Allowed(string mime) => settings.Types.Split(',', StringSplitOptions.TrimEntries).Contains(mime, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: it is empty, too large, or not what it says.</summary>
    private async Task<FileCard?> Keep(WorkspaceId workspace, Author author, InboundFile file)
    {
        var (name, bytes) = (Named(file.Name), file.Bytes);
        if (bytes.IsEmpty || bytes.Length > settings.Limit || blobs.Free < settings.LeastFree + bytes.Length)
        {
            return null;
        }

        if (file.Mime == Unknown && file.IsMail)
        {
            return await Put(workspace, author, new StoredFile(FileId.New(time), name, bytes.Length, Unknown, null, null), bytes);
        }

        if (Sniffing.Claimed(file.Mime, name) is not { } mime || !Allowed(mime) || !Sniffing.BearsOut(mime, bytes.Span[..Math.Min(bytes.Length, Sniffing.Length)]))
        {
            return null;
        }

        var size = mime is "image/png" or "image/jpeg" or "image/gif" or "image/webp" ? ImageSize.Of(mime, bytes.ToArray()) : null;
        return await Put(workspace, author, new StoredFile(FileId.New(time), name, bytes.Length, mime, size?.Width, size?.Height), bytes);
    }

    private async Task<FileCard?> Put(WorkspaceId workspace, Author author, StoredFile kept, ReadOnlyMemory<byte> bytes)
    {
        using var content = Arrivals.Open(bytes);
        return await files.Keep(workspace, author, source: null, kept, content) ? new FileCard(kept.Id, kept.Name, kept.Size, kept.Mime, kept.Width, kept.Height) : null;
    }

    private static bool IsInline(InboundFile file) => file is { ContentId: not null, Mime: { } mime } && mime.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last part of the name, without what could break out of a folder or a header.</summary>
    private static string Named(string name)
    {
        var last = new string([.. Platform.Words.Clean(name.Split('/', '\\')[^1]).Where(c => !char.IsControl(c))]).Trim();
        return last.Length switch { 0 => "file", > NameLimit => last[..(NameLimit - 20)] + last[^20..], _ => last };
    }
}
