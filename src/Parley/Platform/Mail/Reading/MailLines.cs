namespace Parley.Platform.Mail.Reading;

/// <summary>The lines of a mail, one after the other, from a stream of any length through one small buffer. A line longer than the buffer comes in pieces.</summary>
internal sealed class MailLines(Stream stream, long most)
{
    /// <summary>A line (RFC 5322, 2.1.1) has at most 998 letters; what is longer than this comes in pieces.</summary>
    private const int Longest = 32 * 1024;

    private readonly byte[] _buffer = new byte[2 * Longest];
    private readonly Stack<(byte[] Line, byte[] End, bool Start)> _again = [];
    private int _from;
    private int _to;
    private long _read;
    private bool _within;
    private ReadOnlyMemory<byte> _line;
    private ReadOnlyMemory<byte> _end;

    /// <summary>The line, without its end.</summary>
    public ReadOnlySpan<byte> Line => _line.Span;

    /// <summary>How it ended: CR LF, LF, or nothing where a piece or the whole mail ended.</summary>
    public ReadOnlySpan<byte> End => _end.Span;

    /// <summary>False for the second and further pieces of a line.</summary>
    public bool IsStart { get; private set; }

    /// <summary>Whether there was more than is read.</summary>
    public bool IsCut { get; private set; }

    public bool Next()
    {
        if (_again.TryPop(out var again))
        {
            (_line, _end, IsStart) = again;
            return true;
        }

        IsStart = !_within;
        while (true)
        {
            var rest = _buffer.AsSpan(_from.._to);
            var at = rest.IndexOf((byte)'\n');
            if (at >= 0)
            {
                var end = at > 0 && rest[at - 1] == '\r' ? 2 : 1;
                return Take(at + 1 - end, end, within: false);
            }

            if (rest.Length > Longest)
            {
                // A CR at the very end may belong to the LF that is not here yet.
                return Take(rest.Length - (rest[^1] == '\r' ? 1 : 0), 0, within: true);
            }

            if (!Fill())
            {
                return !rest.IsEmpty && Take(rest.Length, 0, within: false);
            }
        }
    }

    /// <summary>These come once more, in this order, and then the others.</summary>
    public void Again(params ReadOnlySpan<(byte[] Line, byte[] End, bool Start)> lines)
    {
        for (var i = lines.Length - 1; i >= 0; i--)
        {
            _again.Push(lines[i]);
        }
    }

    public (byte[] Line, byte[] End, bool Start) Kept() => (Line.ToArray(), End.ToArray(), IsStart);

    private bool Take(int line, int end, bool within)
    {
        (_line, _end) = (_buffer.AsMemory(_from, line), _buffer.AsMemory(_from + line, end));
        _from += line + end;
        _within = within;
        return true;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_from.._to).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        var room = (int)Math.Min(_buffer.Length - _to, most - _read);
        if (room == 0)
        {
            IsCut = true;
            return false;
        }

        var read = stream.Read(_buffer, _to, room);
        (_to, _read) = (_to + read, _read + read);
        return read > 0;
    }
}
