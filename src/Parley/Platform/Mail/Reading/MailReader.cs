using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>
/// Bytes become a mail (RFC 5322, 2045–2047, 2231, 6532). Whatever comes is read: what is wrong is said by <see cref="MailFlaws"/>, what is too much is cut at
/// <see cref="MailLimits"/>, and nothing is thrown but what the streams throw. Files go through a small buffer to whoever keeps them.
/// </summary>
public static class MailReader
{
    /// <summary>A mail that is in memory already; its files stay there too.</summary>
    public static ReadMail Read(byte[] raw) => Read(new MemoryStream(raw, writable: false), _ => new MemoryStream());

    /// <param name="keep">Into which stream a file is unpacked, asked when its header is known; it is closed when the file is whole. Null: it is passed over.</param>
    public static ReadMail Read(Stream raw, Func<MailPart, Stream?>? keep = null) => new Reading(new MailLines(raw, MailLimits.Whole), keep ?? (_ => null)).Read();

    /// <summary>Only what stands at its head: nothing of what it says is read.</summary>
    public static ReadMail Head(Stream raw) => new Reading(new MailLines(raw, MailLimits.Whole), _ => null).Head();

    private sealed class Reading
    {
        private readonly MailLines _lines;
        private readonly Func<MailPart, Stream?> _keep;
        private readonly HashSet<string> _headerFlaws = [];
        private readonly HeaderReading _headers;

        /// <summary>The boundaries of all parts that are open, the outermost first.</summary>
        private readonly List<byte[]> _boundaries = [];

        private int _parts;
        private int _texts;

        public Reading(MailLines lines, Func<MailPart, Stream?> keep) => (_lines, _keep, _headers) = (lines, keep, new(_headerFlaws));

        public ReadMail Read()
        {
            var mail = Mail(0);
            while (_lines.Next())
            {
                // What stands behind the last part says nothing, but is counted.
            }

            if (_lines.IsCut)
            {
                mail.Body.Flaws.Add(MailFlaws.Long);
            }

            return mail;
        }

        public ReadMail Head() => new(new MailPart(_headers.Read(_lines, _ => false), "text/plain"));

        private ReadMail Mail(int depth) => new(Part("text/plain", depth));

        private MailPart Part(string fallback, int depth)
        {
            _parts++;
            _headerFlaws.Clear();
            var part = new MailPart(_headers.Read(_lines, line => Ends(line, out _, out _)), fallback);
            part.Flaws.UnionWith(_headerFlaws);
            var isMail = part.Type is "message/rfc822" or "message/global" && Packed(part) is null or "" or "7bit" or "8bit" or "binary";
            var isMultipart = part.Type.StartsWith("multipart/", StringComparison.Ordinal);
            if ((isMail || isMultipart) && (depth >= MailLimits.Depth || _parts >= MailLimits.Parts))
            {
                part.Flaws.Add(depth >= MailLimits.Depth ? MailFlaws.Deep : MailFlaws.Parts);
                Leaf(part);
            }
            else if (isMail)
            {
                part.Mail = Mail(depth + 1);
            }
            else if (isMultipart && part.Content["boundary"]?.TrimEnd() is { Length: > 0 } boundary)
            {
                Several(part, boundary, depth);
            }
            else
            {
                Leaf(part);
            }

            return part;
        }

        private static string? Packed(MailPart part) => part.Headers["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant();

        private void Several(MailPart part, string boundary, int depth)
        {
            _boundaries.Add([.. "--"u8, .. Encoding.UTF8.GetBytes(boundary)]);
            var level = _boundaries.Count - 1;
            var preamble = new MemoryStream();
            var isOpen = false;
            var isClosed = false;
            while (!isClosed && _lines.Next())
            {
                if (!_lines.IsStart || !Ends(_lines.Line, out var found, out var isLast))
                {
                    Preamble(preamble, part);
                    continue;
                }

                if (found < level)
                {
                    // The parent goes on: this one never ended.
                    _lines.Again(_lines.Kept());
                    break;
                }

                isClosed = isLast;
                isOpen = true;
                if (!isLast)
                {
                    Child(part, depth);
                }
            }

            _boundaries.RemoveAt(level);
            if (!isOpen)
            {
                Bare(part, preamble);
            }
            else if (!isClosed)
            {
                part.Flaws.Add(MailFlaws.NoEnd);
            }
        }

        private void Child(MailPart parent, int depth)
        {
            if (_parts > MailLimits.Parts)
            {
                // The others are one, as they came.
                parent.Flaws.Add(MailFlaws.Parts);
                var level = _boundaries.Count - 1;
                var own = _boundaries[level];
                _boundaries[level] = [.. own, .. "--"u8];
                var rest = new MailPart(new([new("Content-Type", "application/octet-stream")]), "application/octet-stream");
                rest.Flaws.Add(MailFlaws.Parts);
                Leaf(rest);
                _boundaries[level] = own;
                parent.Add(rest);
                return;
            }

            parent.Add(Part(parent.Type == "multipart/digest" ? "message/rfc822" : "text/plain", depth + 1));
        }

        /// <summary>What stands before the first part is for programs that know no parts; where no part comes, it is all there is.</summary>
        private void Preamble(MemoryStream preamble, MailPart part)
        {
            if (part.Parts.Count == 0 && preamble.Length + _lines.Line.Length < MailLimits.Text)
            {
                preamble.Write(_lines.Line);
                preamble.Write(_lines.End);
            }
        }

        private void Bare(MailPart part, MemoryStream preamble)
        {
            part.Flaws.Add(MailFlaws.NoParts);
            if (preamble.Length > 0)
            {
                var text = new MailPart(new([]), "text/plain") { Size = preamble.Length };
                Say(text, preamble.ToArray());
                part.Add(text);
            }
        }

        /// <summary>Whether a boundary stands here, of which of the open ones, and whether it is the last of it. The innermost is looked at first.</summary>
        private bool Ends(ReadOnlySpan<byte> line, out int found, out bool isLast)
        {
            (found, isLast) = (-1, false);
            if (!line.StartsWith("--"u8))
            {
                return false;
            }

            for (var i = _boundaries.Count - 1; i >= 0; i--)
            {
                if (line.StartsWith(_boundaries[i]))
                {
                    var behind = line[_boundaries[i].Length..].TrimEnd(" \t\r"u8);
                    isLast = behind.SequenceEqual("--"u8);
                    if (isLast || behind.IsEmpty)
                    {
                        found = i;
                        return true;
                    }
                }
            }

            return false;
        }

        private void Leaf(MailPart part)
        {
            var isText = part.IsBody || part.IsNotice;
            var room = Math.Min(MailLimits.Text, MailLimits.Texts - _texts);
            var memory = isText ? new MemoryStream() : null;
            var into = memory ?? _keep(part) ?? Stream.Null;
            using (var content = new PartContent(into, isText ? room : MailLimits.Attachment, closes: true))
            {
                Unpack(part, content);
                part.Size = content.Size;
                if (content.IsCut)
                {
                    part.Flaws.Add(isText ? MailFlaws.TextCut : MailFlaws.PartCut);
                }

                if (!isText && Disguises.Says(part, content.Begin))
                {
                    part.Flaws.Add(MailFlaws.Disguised);
                }
            }

            if (memory is not null)
            {
                _texts += (int)Math.Min(part.Size, room);
                Say(part, memory.ToArray());
            }
            else if (into.GetType() == typeof(MemoryStream) && into is MemoryStream kept)
            {
                part.Bytes = kept.ToArray();
            }
        }

        private void Unpack(MailPart part, PartContent content)
        {
            // Within a part whose parts are not looked at nothing is packed (RFC 2045, 6.4).
            var isWhole = part.Type.StartsWith("multipart/", StringComparison.Ordinal);
            var decoding = Decoding.For(isWhole ? null : part.Headers["Content-Transfer-Encoding"], content);
            if (decoding is null)
            {
                part.Flaws.Add(MailFlaws.EncodingUnknown);
                decoding = new PlainDecoding(content);
            }

            var isLast = true;
            while (_lines.Next())
            {
                if (_lines.IsStart && Ends(_lines.Line, out _, out _))
                {
                    _lines.Again(_lines.Kept());
                    isLast = false;
                    break;
                }

                decoding.Line(_lines.Line, _lines.End, _lines.IsStart);
            }

            decoding.Finish(isLast);
            if (decoding.IsBroken)
            {
                part.Flaws.Add(MailFlaws.EncodingBroken);
            }

            part.Name ??= (decoding as UuDecoding)?.Name;
        }

        private static void Say(MailPart part, byte[] bytes)
        {
            var (text, flaw) = Charsets.Decode(bytes, part.Content["charset"] ?? (part.Type == "text/html" ? Pages.Charset(bytes) : null));
            if (flaw is not null)
            {
                part.Flaws.Add(flaw);
                part.Bytes = bytes;
            }

            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
            part.Text = part.Type == "text/plain" && "flowed".Equals(part.Content["format"], StringComparison.OrdinalIgnoreCase)
                ? Flowed.Join(text, "yes".Equals(part.Content["delsp"], StringComparison.OrdinalIgnoreCase))
                : text;
        }
    }
}
