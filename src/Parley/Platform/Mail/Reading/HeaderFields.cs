using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>One field as it came, its lines put together.</summary>
public sealed record HeaderField(string Name, string Value);

/// <summary>The header of a mail or of one of its parts, in the order it came in.</summary>
public sealed class HeaderFields(IReadOnlyList<HeaderField> all)
{
    public IReadOnlyList<HeaderField> All => all;

    /// <summary>The first of this name, as it came; null: none.</summary>
    public string? this[string name] => Each(name).FirstOrDefault();

    public IEnumerable<string> Each(string name) => all.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>As a person reads it: in its own script, on one line.</summary>
    public string? Text(string name) => this[name] is { } value ? OneLine(EncodedWords.Decode(value)) : null;

    /// <summary>The people of all fields of this name.</summary>
    public IReadOnlyList<Mailbox> People(string name) => [.. Each(name).SelectMany(Mailbox.Parse).Take(MailLimits.Mailboxes)];

    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            line.Append(char.IsControl(letter) ? letter is '\t' or '\n' or '\r' ? ' ' : "" : letter);
        }

        return line.ToString().Trim();
    }
}

/// <summary>Reads one header block, up to its empty line.</summary>
internal sealed class HeaderReading(ISet<string> flaws)
{
    private readonly List<HeaderField> _fields = [];
    private readonly MemoryStream _value = new();
    private string? _name;
    private int _block;
    private int _all;

    /// <summary>From this line on; behind it stands the body's first line.</summary>
    public HeaderFields Read(MailLines lines, Func<ReadOnlySpan<byte>, bool> ends)
    {
        _fields.Clear();
        _block = 0;
        var isFirst = true;
        while (lines.Next())
        {
            if (lines.Line.IsEmpty && lines.IsStart)
            {
                break;
            }

            if (lines.IsStart && ends(lines.Line))
            {
                // A part that is all header: its boundary is for whoever reads parts.
                lines.Again(lines.Kept());
                break;
            }

            if (!lines.IsStart || (lines.Line[0] is (byte)' ' or (byte)'\t' && _name is not null))
            {
                Continue(lines.Line);
            }
            else if (!(isFirst && IsEnvelope(lines.Line)) && !Begin(isFirst && lines.Line.StartsWith("\uFEFF"u8) ? lines.Line[3..] : lines.Line) && !Skip(lines))
            {
                break;
            }

            isFirst = false;
        }

        End();
        return new([.. _fields]);
    }

    /// <summary>What a mailbox file (mbox) writes above each mail.</summary>
    private static bool IsEnvelope(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    private bool Begin(ReadOnlySpan<byte> line)
    {
        var colon = Colon(line);
        if (colon < 0)
        {
            return false;
        }

        End();
        _name = Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8));
        Continue(line[(colon + 1)..]);
        return true;
    }

    /// <summary>Where the name of a field ends; below 0: this is none. Spaces before the colon are old (RFC 5322, 4.5), others are not.</summary>
    private static int Colon(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 1 ? default : line[..colon].TrimEnd(" \t"u8);
        return name.IsEmpty || name.Length > 200 || name.ContainsAnyExceptInRange((byte)33, (byte)126) ? -1 : colon;
    }

    /// <summary>A line that is no field: one alone is passed over, before several the text began without an empty line.</summary>
    private bool Skip(MailLines lines)
    {
        var garbage = lines.Kept();
        if (!lines.Next())
        {
            lines.Again(garbage);
            flaws.Add(MailFlaws.NoSeparator);
            return false;
        }

        var isHeader = garbage.End.Length > 0 && (lines.Line is [(byte)' ' or (byte)'\t', ..] || Colon(lines.Line) > 0);
        lines.Again(isHeader ? [lines.Kept()] : [garbage, lines.Kept()]);
        flaws.Add(isHeader ? MailFlaws.HeaderGarbage : MailFlaws.NoSeparator);
        return isHeader;
    }

    private void Continue(ReadOnlySpan<byte> line)
    {
        (_block, _all) = (_block + line.Length, _all + line.Length);
        var room = _fields.Count >= MailLimits.Fields || _block > MailLimits.Block || _all > MailLimits.Blocks ? 0 : Math.Max(0, MailLimits.Field - (int)_value.Length);
        if (line.Length > room)
        {
            flaws.Add(MailFlaws.HeaderCut);
        }

        _value.Write(line[..Math.Min(room, line.Length)]);
    }

    private void End()
    {
        if (_name is not null && _fields.Count < MailLimits.Fields)
        {
            _fields.Add(new(_name, Charsets.Guess(_value.GetBuffer().AsSpan(0, (int)_value.Length)).Trim(' ', '\t', '\r')));
        }

        _name = null;
        _value.SetLength(0);
    }
}
