using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Parley.Platform.Mail.Imap;

/// <summary>Lines to a server, and its answers: each a line, or a line that announces bytes, and so on (RFC 3501, 4.3).</summary>
internal sealed class ImapWire(Stream stream, TimeSpan patience, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;
    private long _left = ImapLimits.Command;

    public Stream Stream => stream;

    /// <summary>Whether something was said already that nobody heard.</summary>
    public bool IsAhead => _from < _to;

    /// <summary>What comes now answers another command.</summary>
    public void Begin() => _left = ImapLimits.Command;

    public async Task Say(string line, CancellationToken cancel) => await Say(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);

    public async Task Say(byte[] bytes, CancellationToken cancel)
    {
        using var wait = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, wait.Token);
        try
        {
            await stream.WriteAsync(bytes, both.Token);
            await stream.FlushAsync(both.Token);
        }
        catch (Exception error) when (IsLost(error, cancel))
        {
            throw new MailServerFailed(MailFault.Silent, "The mail server hung up, or takes nothing any more.", error);
        }
    }

    /// <param name="isPatient">Whether nothing may come for as long as the caller likes.</param>
    public async Task<ImapAnswer> Hear(CancellationToken cancel, bool isPatient = false)
    {
        var pieces = new List<byte[]>();
        while (true)
        {
            var line = await Line(cancel, isPatient && pieces.Count == 0);
            if ((pieces.Count == 0 && ImapAnswer.IsWords(line)) || Announced(line) is not { } size)
            {
                pieces.Add(line);
                return ImapAnswer.Parse(pieces);
            }

            pieces.Add(line[..line.AsSpan().LastIndexOf((byte)'{')]);
            pieces.Add(await Bytes(size, cancel));
        }
    }

    /// <summary>How many bytes a line announces at its end: <c>{310}</c>, also with a + or of binary ones; null: none.</summary>
    private static int? Announced(byte[] line)
    {
        if (line is not [.., (byte)'}'] || line.AsSpan().LastIndexOf((byte)'{') is not (>= 0 and var open))
        {
            return null;
        }

        var said = Encoding.ASCII.GetString(line[(open + 1)..^1]).TrimEnd('+');
        return !ulong.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? null
            : size <= ImapLimits.Piece ? (int)size
            : throw new MailServerFailed(MailFault.Broken, $"The mail server announces {size} bytes at once, and was asked for {ImapLimits.Piece} at most.");
    }

    private async Task<byte[]> Line(CancellationToken cancel, bool isPatient)
    {
        MemoryStream? long_ = null;
        while (true)
        {
            var found = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
            var part = _buffer.AsMemory(_from, found < 0 ? _to - _from : found);
            if (found >= 0 && long_ is null)
            {
                _from += found + 1;
                Count(found + 1);
                return part.Span.TrimEnd((byte)'\r').ToArray();
            }

            long_ ??= new();
            long_.Write(part.Span);
            Count(part.Length);
            _from += found < 0 ? part.Length : found + 1;
            if (found >= 0)
            {
                return long_.GetBuffer().AsSpan(0, (int)long_.Length).TrimEnd((byte)'\r').ToArray();
            }

            if (long_.Length > ImapLimits.Line)
            {
                throw new MailServerFailed(MailFault.Broken, "The mail server says a line without an end.");
            }

            await Fill(cancel, isPatient && long_.Length == 0);
        }
    }

    private async Task<byte[]> Bytes(int size, CancellationToken cancel)
    {
        Count(size);
        var bytes = new byte[size];
        for (var got = 0; got < size;)
        {
            if (_from == _to)
            {
                await Fill(cancel, false);
            }

            var some = Math.Min(size - got, _to - _from);
            _buffer.AsSpan(_from, some).CopyTo(bytes.AsSpan(got));
            (got, _from) = (got + some, _from + some);
        }

        return bytes;
    }

    private void Count(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new MailServerFailed(MailFault.Broken, $"The mail server says more than {ImapLimits.Command} bytes to one command.");
        }
    }

    private async Task Fill(CancellationToken cancel, bool isPatient)
    {
        using var wait = isPatient ? new CancellationTokenSource() : new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, wait.Token);
        try
        {
            (_from, _to) = (0, await stream.ReadAsync(_buffer, both.Token));
        }
        catch (Exception error) when (IsLost(error, cancel))
        {
            throw new MailServerFailed(MailFault.Silent, error is OperationCanceledException ? $"The mail server said nothing for {patience.TotalSeconds:0} seconds." : $"The mail server hung up: {error.Message}", error);
        }

        if (_to == 0)
        {
            throw new MailServerFailed(MailFault.Silent, "The mail server hung up.");
        }
    }

    private static bool IsLost(Exception error, CancellationToken cancel) =>
        !cancel.IsCancellationRequested && error is OperationCanceledException or IOException or SocketException or ObjectDisposedException;
}
