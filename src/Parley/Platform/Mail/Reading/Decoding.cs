using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Parley.Platform.Mail.Reading;

/// <summary>Unpacks what was packed to travel (RFC 2045, 6), line after line, into a stream. Nothing is too broken for it: what can be read is.</summary>
internal abstract class Decoding(Stream into)
{
    /// <summary>Whether it was not quite packed as it says.</summary>
    public bool IsBroken { get; protected set; }

    protected Stream Into => into;

    /// <summary>By its name, as mails write it; null: nobody knows it.</summary>
    public static Decoding? For(string? encoding, Stream into) => string.Concat((encoding ?? "").Split(';')[0].Where(c => !char.IsWhiteSpace(c) && c is not '"')).ToLowerInvariant() switch
    {
        "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit" or "8bits" or "7bits" or "none" or "plain" => new PlainDecoding(into),
        "base64" or "base-64" => new Base64Decoding(into),
        "quoted-printable" or "quoted_printable" or "qp" => new QuotedDecoding(into),
        "x-uuencode" or "uuencode" or "x-uue" or "uue" => new UuDecoding(into),
        _ => null,
    };

    public abstract void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end, bool isStart);

    /// <param name="isLast">Whether the mail ends here: then the end of the last line is the text's own.</param>
    public virtual void Finish(bool isLast = false)
    {
    }
}

/// <summary>As it is. The end of the last line belongs to the boundary after it (RFC 2046, 5.1.1).</summary>
internal sealed class PlainDecoding(Stream into) : Decoding(into)
{
    private readonly LineEnd _end = new();

    public override void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end, bool isStart)
    {
        _end.Write(Into);
        Into.Write(line);
        _end.Keep(end);
    }

    public override void Finish(bool isLast = false)
    {
        if (isLast)
        {
            _end.Write(Into);
        }
    }
}

/// <summary>The end of a line that is written when another line comes.</summary>
internal sealed class LineEnd
{
    private byte[] _waiting = [];

    public void Keep(ReadOnlySpan<byte> end) => _waiting = end switch { [] => [], [_] => "\n"u8.ToArray(), _ => "\r\n"u8.ToArray() };

    public void Write(Stream into)
    {
        into.Write(_waiting);
        _waiting = [];
    }
}

/// <summary>Base64, also in lines of any length, with strange letters in it, without its padding, or in several pieces with padding each.</summary>
internal sealed class Base64Decoding(Stream into) : Decoding(into)
{
    private const int AtOnce = 4 * 1024;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private readonly byte[] _out = new byte[AtOnce];
    private int _bits;
    private int _count;
    private int _length;
    private bool _ended;

    public override void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end, bool isStart)
    {
        // What a mailing list writes under it is no part of it.
        if (_ended && line.ContainsAnyExcept(Letters))
        {
            IsBroken |= !Ascii.IsValid(line) || line.Trim(" \t"u8).Length > 0;
            return;
        }

        while (!line.IsEmpty)
        {
            var piece = line[..Math.Min(AtOnce, line.Length)];
            line = line[piece.Length..];
            if (!IsSound(piece))
            {
                foreach (var letter in piece)
                {
                    Letter(letter);
                }
            }
        }
    }

    public override void Finish(bool isLast = false)
    {
        Rest();
        Write();
    }

    /// <summary>Nearly everything is as it should be, and that goes at once.</summary>
    private bool IsSound(ReadOnlySpan<byte> piece)
    {
        if (_count != 0 || piece.Length % 4 != 0 || piece[^1] == '=')
        {
            return false;
        }

        Write();
        if (Base64.DecodeFromUtf8(piece, _out, out var read, out var written) != OperationStatus.Done || read != piece.Length)
        {
            return false;
        }

        (_length, _ended) = (written, false);
        return true;
    }

    private void Letter(byte letter)
    {
        var value = letter switch
        {
            >= (byte)'A' and <= (byte)'Z' => letter - 'A',
            >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
            >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
            (byte)'+' => 62,
            (byte)'/' => 63,
            _ => -1,
        };
        if (value < 0)
        {
            if (letter == '=')
            {
                Rest();
                _ended = true;
            }

            IsBroken |= letter is not ((byte)'=' or (byte)' ' or (byte)'\t' or (byte)'\r');
            return;
        }

        (_bits, _ended) = ((_bits << 6) | value, false);
        if (++_count == 4)
        {
            Put((byte)(_bits >> 16), (byte)(_bits >> 8), (byte)_bits);
            (_bits, _count) = (0, 0);
        }
    }

    /// <summary>Two letters are a byte and a half, three are two and a bit.</summary>
    private void Rest()
    {
        if (_count == 2)
        {
            Put((byte)(_bits >> 4));
        }
        else if (_count == 3)
        {
            Put((byte)(_bits >> 10), (byte)(_bits >> 2));
        }

        IsBroken |= _count == 1;
        (_bits, _count) = (0, 0);
    }

    private void Put(params ReadOnlySpan<byte> bytes)
    {
        if (_length + 3 > _out.Length)
        {
            Write();
        }

        bytes.CopyTo(_out.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Write()
    {
        Into.Write(_out, 0, _length);
        _length = 0;
    }
}

/// <summary>Quoted-printable; an = that begins nothing is itself.</summary>
internal sealed class QuotedDecoding(Stream into) : Decoding(into)
{
    private readonly LineEnd _end = new();
    private byte[] _carried = [];

    public override void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end, bool isStart)
    {
        _end.Write(Into);
        byte[] whole = [.. _carried, .. line];
        _carried = [];
        ReadOnlySpan<byte> rest = whole;
        var isPiece = end.IsEmpty;
        if (isPiece && rest.Length > 2 && rest[^2..].IndexOf((byte)'=') is >= 0 and var cut)
        {
            _carried = rest[(rest.Length - 2 + cut)..].ToArray();
            rest = rest[..(rest.Length - 2 + cut)];
        }

        rest = isPiece ? rest : rest.TrimEnd(" \t"u8);
        var isSoft = !isPiece && rest is [.., (byte)'='];
        Unquote(isSoft ? rest[..^1] : rest);
        _end.Keep(isSoft ? default : end);
    }

    public override void Finish(bool isLast = false)
    {
        // What the very last piece began, if it is more than the sign of a soft end.
        if (_carried.Length > 1 || (_carried.Length == 1 && _carried[0] != '='))
        {
            Unquote(_carried);
        }

        if (isLast)
        {
            _end.Write(Into);
        }
    }

    private void Unquote(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'=') is >= 0 and var at)
        {
            Into.Write(text[..at]);
            if (at + 2 < text.Length && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]))
            {
                Into.WriteByte((byte)((Convert.FromHexString([(char)text[at + 1], (char)text[at + 2]]))[0]));
                text = text[(at + 3)..];
            }
            else
            {
                IsBroken = true;
                Into.WriteByte((byte)'=');
                text = text[(at + 1)..];
            }
        }

        Into.Write(text);
    }
}

/// <summary>What Unix mailed files as before there was MIME.</summary>
internal sealed class UuDecoding(Stream into) : Decoding(into)
{
    private bool _within;

    /// <summary>How the file calls itself.</summary>
    public string? Name { get; private set; }

    public override void Line(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end, bool isStart)
    {
        if (!_within)
        {
            if (line.StartsWith("begin "u8))
            {
                _within = true;
                Name = Charsets.Guess(line).Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is [_, _, var name] ? name.Trim() : null;
            }

            return;
        }

        if (line.SequenceEqual("end"u8))
        {
            _within = false;
            return;
        }

        Decode(line);
    }

    private void Decode(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        var wanted = (line[0] - 32) & 63;
        for (var at = 1; wanted > 0 && at < line.Length; at += 4, wanted -= 3)
        {
            var (a, b, c, d) = (Six(line, at), Six(line, at + 1), Six(line, at + 2), Six(line, at + 3));
            ReadOnlySpan<byte> three = [(byte)((a << 2) | (b >> 4)), (byte)((b << 4) | (c >> 2)), (byte)((c << 6) | d)];
            Into.Write(three[..Math.Min(3, wanted)]);
        }

        IsBroken |= wanted > 0;
    }

    private static int Six(ReadOnlySpan<byte> line, int at) => at < line.Length ? (line[at] - 32) & 63 : 0;
}
