using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail.Imap;

/// <summary>One value of an answer: a word, a string, bytes, or values again.</summary>
internal sealed class ImapValue
{
    private readonly byte[] _bytes = [];

    public ImapValue(byte[] bytes, bool isAtom = false) => (_bytes, IsNil) = (bytes, isAtom && bytes.AsSpan().SequenceEqual("NIL"u8));

    public ImapValue(IReadOnlyList<ImapValue> list) => List = list;

    public bool IsNil { get; }

    /// <summary>Null: it is none.</summary>
    public IReadOnlyList<ImapValue>? List { get; }

    public byte[] Bytes => _bytes;

    public string Text => Encoding.UTF8.GetString(_bytes);

    public bool Is(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the server says at once (RFC 3501, 7; RFC 9051).</summary>
/// <param name="Tag"><c>*</c>: nobody asked; <c>+</c>: go on; else which command it answers.</param>
/// <param name="Word">In capitals: <c>OK</c>, <c>FETCH</c> …; empty where it cannot be told.</param>
/// <param name="Number">What stands before the word.</param>
/// <param name="Code">What stands in brackets before the text, as <c>UIDVALIDITY 7</c>; null: nothing.</param>
internal sealed record ImapAnswer(string Tag, string Word, uint? Number, string? Code, string Text, IReadOnlyList<ImapValue> Values)
{
    private static readonly string[] Statuses = ["OK", "NO", "BAD", "BYE", "PREAUTH"];

    public bool IsStatus => Statuses.Contains(Word);

    /// <summary>The first word of the code, in capitals.</summary>
    public string? Reason => Code?.Split(' ')[0].ToUpperInvariant();

    /// <summary>Whether this first line is words to its end: then no bytes follow, whatever it looks like.</summary>
    public static bool IsWords(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)]);
        var words = text.Split(' ', 3);
        return words[0] == "+" || (words.Length > 1 && Statuses.Contains(words[1].ToUpperInvariant()));
    }

    /// <param name="pieces">Text, and the bytes that were announced at its end, in turns.</param>
    public static ImapAnswer Parse(IReadOnlyList<byte[]> pieces)
    {
        var line = Encoding.UTF8.GetString(pieces[0]);
        var words = line.Split(' ', 3);
        if (words[0] == "+")
        {
            return new("+", "", null, null, line[1..].Trim(), []);
        }

        var word = words.Length > 1 ? words[1].ToUpperInvariant() : "";
        if (Statuses.Contains(word))
        {
            var (code, text) = Coded(words.Length > 2 ? words[2].Trim() : "");
            return new(words[0], word, null, code, text, []);
        }

        var values = new ImapValues(pieces).Read();
        if (values.Count == 0 || values[0].List is not null)
        {
            return new("*", "", null, null, line, []);
        }

        var tag = values[0].Text;
        return values.Count > 2 && tag == "*" && uint.TryParse(values[1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(tag, values[2].Text.ToUpperInvariant(), number, null, "", [.. values.Skip(3)])
            : new(tag, values.Count > 1 ? values[1].Text.ToUpperInvariant() : "", null, null, "", [.. values.Skip(2)]);
    }

    private static (string? Code, string Text) Coded(string text) =>
        text is ['[', ..] && text.IndexOf(']') is > 1 and var end ? (text[1..end].Trim(), text[(end + 1)..].Trim()) : (null, text);
}

/// <summary>Reads the values of an answer; what is not quite right is read as far as it goes.</summary>
internal sealed class ImapValues(IReadOnlyList<byte[]> pieces)
{
    private int _piece;
    private int _at;

    /// <summary>Texts stand at even places, announced bytes at odd ones.</summary>
    private ReadOnlySpan<byte> Here => pieces[_piece];

    public List<ImapValue> Read() => List(0);

    private List<ImapValue> List(int depth)
    {
        if (depth > ImapLimits.Depth)
        {
            throw new MailServerFailed(MailFault.Broken, "The mail server's answer has lists in lists without an end.");
        }

        var values = new List<ImapValue>();
        while (_piece < pieces.Count)
        {
            if (_piece % 2 == 1)
            {
                values.Add(new(pieces[_piece++]));
                _at = 0;
                continue;
            }

            if (_at >= Here.Length)
            {
                (_piece, _at) = (_piece + 1, 0);
                continue;
            }

            var letter = Here[_at];
            if (letter is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                _at++;
            }
            else if (letter == ')')
            {
                _at++;
                if (depth > 0)
                {
                    return values;
                }
            }
            else
            {
                values.Add(Value(letter, depth));
            }
        }

        return values;
    }

    private ImapValue Value(byte letter, int depth)
    {
        switch (letter)
        {
            case (byte)'(':
                _at++;
                return new(List(depth + 1));
            case (byte)'"':
                return new(Quoted());
            default:
                return new(Atom(), isAtom: true);
        }
    }

    private byte[] Quoted()
    {
        var text = new MemoryStream();
        for (_at++; _at < Here.Length && Here[_at] != '"'; _at++)
        {
            _at += Here[_at] == '\\' && _at + 1 < Here.Length ? 1 : 0;
            text.WriteByte(Here[_at]);
        }

        _at++;
        return text.ToArray();
    }

    /// <summary>A word; what stands in its brackets belongs to it, also spaces: <c>BODY[HEADER.FIELDS (DATE)]&lt;0&gt;</c>.</summary>
    private byte[] Atom()
    {
        var (from, open) = (_at, 0);
        for (; _at < Here.Length; _at++)
        {
            var letter = Here[_at];
            if (open == 0 && _at > from && letter is (byte)' ' or (byte)'(' or (byte)')' or (byte)'"' && open == 0)
            {
                break;
            }

            open = Math.Max(0, open + letter switch { (byte)'[' => 1, (byte)']' => -1, _ => 0 });
        }

        _at = Math.Max(_at, from + 1);
        return Here[from.._at].ToArray();
    }
}
