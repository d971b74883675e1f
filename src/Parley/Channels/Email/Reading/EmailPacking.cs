using System.Text;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Writing;

namespace Parley.Channels.Email.Reading;

/// <summary>A file of a mail that is put together anew.</summary>
/// <param name="Bytes">Null: it was too large.</param>
/// <param name="Size">How large it was.</param>
internal sealed record PackedFile(string? Name, string? Mime, string? ContentId, ReadOnlyMemory<byte>? Bytes, long Size = 0);

/// <summary>Puts a mail together from what it said: one that came in fields, and one that is too large to be kept with all its files.</summary>
internal static class EmailPacking
{
    /// <summary>Where a file was left out: how large it was.</summary>
    public const string LeftOut = "X-Parley-Left-Out";

    /// <summary>Bytes of a mail that is kept as it came; of a larger one the first files are, up to <see cref="Files"/>.</summary>
    public const long Whole = 30L * 1024 * 1024;

    /// <summary>Bytes of files, unpacked, that are kept of a large mail.</summary>
    public const long Files = 21L * 1024 * 1024;

    private const string Boundary = "=_parley-packed";

    /// <summary>A large mail without what is too large of it. It is read once, through a small buffer.</summary>
    public static ReadOnlyMemory<byte> Slim(Stream raw)
    {
        var (kept, room) = (new Dictionary<MailPart, Room>(), Files);
        var mail = MailReader.Read(raw, part => kept[part] = new Room(room, taken => room -= taken));
        var head = new StringBuilder();
        foreach (var header in mail.Headers.All.Where(header => !header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !header.Name.Equals("MIME-Version", StringComparison.OrdinalIgnoreCase) && !header.Name.Equals(LeftOut, StringComparison.OrdinalIgnoreCase)))
        {
            head.Append(header.Name).Append(": ").Append(header.Value.ReplaceLineEndings(" ")).Append("\r\n");
        }

        // What servers say of a mail of ours stays what it is, and of the mail that comes back its header.
        var notices = mail.Body.All().Where(part => part is { IsNotice: true, Text: not null }).Select(part => new PackedFile(part.Name, part.Type, null, Encoding.UTF8.GetBytes(part.Text!)));
        var within = mail.Body.All().Where(part => part.Mail is not null).Select(part => new PackedFile(part.Name, "text/rfc822-headers", null, Encoding.UTF8.GetBytes(string.Concat(part.Mail!.Headers.All.Select(header => $"{header.Name}: {header.Value.ReplaceLineEndings(" ")}\r\n")))));
        return Pack(head.ToString(), mail.Text, mail.Page, notices.Concat(within).Concat(Beside(mail, kept)));
    }

    /// <summary>What is attached, and of mails within what they say and what is attached to them.</summary>
    private static IEnumerable<PackedFile> Beside(ReadMail mail, Dictionary<MailPart, Room> kept) =>
        mail.Attachments.Where(kept.ContainsKey).Select(part => new PackedFile(part.Name, part.Type, part.ContentId, kept[part].Bytes, part.Size))
            .Concat(mail.Body.All().Select(part => part.Mail).OfType<ReadMail>().SelectMany(one => Beside(one, kept).Prepend(new PackedFile(EmailReading.Named(one), "text/plain", null, Encoding.UTF8.GetBytes(EmailReading.Shown(one))))));

    /// <param name="head">Header lines.</param>
    public static ReadOnlyMemory<byte> Pack(string head, string? text, string? page, IEnumerable<PackedFile> files)
    {
        var all = files.ToList();
        // As large as it will be, and so never twice in memory.
        var to = new MemoryStream((int)Math.Min(Whole * 2, 4096 + head.Length + (((long)(text?.Length ?? 0) + (page?.Length ?? 0)) * 3 / 2) + all.Sum(file => ((file.Bytes?.Length ?? 0) * 7L / 5) + 1024)));
        Say(to, $"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{Boundary}-m\"\r\n\r\n--{Boundary}-m\r\nContent-Type: multipart/alternative; boundary=\"{Boundary}-a\"\r\n\r\n");
        foreach (var (type, said) in new[] { ("text/plain", page is null ? text ?? "" : text), ("text/html", page) }.Where(view => view.Item2 is not null))
        {
            Say(to, $"--{Boundary}-a\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{BodyText.Base64(Encoding.UTF8.GetBytes(said!))}");
        }

        Say(to, $"--{Boundary}-a--\r\n");
        foreach (var file in all)
        {
            var type = file.Mime is { Length: > 2 } mime && mime.All(letter => letter is > ' ' and <= '~' and not (';' or '"')) && !mime.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && mime.ToLowerInvariant() is not ("message/rfc822" or "message/global") ? mime : "application/octet-stream";
            var id = file.ContentId is { Length: > 0 } said && said.All(letter => letter is > ' ' and <= '~') ? $"Content-ID: <{said.Trim('<', '>')}>\r\n" : "";
            Say(to, $"--{Boundary}-m\r\nContent-Type: {type}\r\nContent-Disposition: attachment{HeaderText.Parameter("filename", file.Name is { Length: > 0 } name ? name : "file")}\r\n{id}{(file.Bytes is null ? FormattableString.Invariant($"{LeftOut}: {file.Size}\r\n") : "")}Content-Transfer-Encoding: base64\r\n\r\n");
            Base64(to, file.Bytes ?? default);
        }

        Say(to, $"--{Boundary}-m--\r\n");
        return to.GetBuffer().AsMemory(0, (int)to.Length);
    }

    private static void Base64(MemoryStream to, ReadOnlyMemory<byte> bytes)
    {
        const int Piece = 57;
        Span<byte> line = stackalloc byte[(Piece / 3 * 4) + 2];
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            System.Buffers.Text.Base64.EncodeToUtf8(bytes.Span.Slice(at, Math.Min(Piece, bytes.Length - at)), line, out _, out var written);
            line[written++] = (byte)'\r';
            line[written++] = (byte)'\n';
            to.Write(line[..written]);
        }
    }

    private static void Say(MemoryStream to, string text) => to.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Room for one file; one that has not enough is let go as soon as that shows.</summary>
    private sealed class Room(long most, Action<long> taken) : Stream
    {
        private MemoryStream? _kept = new();
        private bool _closed;

        /// <summary>Null: there was no room for it.</summary>
        public ReadOnlyMemory<byte>? Bytes => _kept is { } kept ? (ReadOnlyMemory<byte>)kept.GetBuffer().AsMemory(0, (int)kept.Length) : (ReadOnlyMemory<byte>?)null;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _kept?.Length ?? 0;

        public override long Position { get => Length; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_kept is not null && _kept.Length + buffer.Length > most)
            {
                _kept = null;
            }

            _kept?.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (!_closed)
            {
                _closed = true;
                taken(Length);
            }

            base.Dispose(disposing);
        }
    }
}
