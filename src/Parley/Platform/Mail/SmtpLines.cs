using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>A conversation with a mail server, signed in.</summary>
internal sealed class SmtpLine(TcpClient socket, SmtpTalk talk) : IAsyncDisposable
{
    public SmtpTalk Talk => talk;

    /// <summary>How many letters were handed over.</summary>
    public int Letters { get; set; }

    public async ValueTask DisposeAsync()
    {
        await talk.Stream.DisposeAsync();
        socket.Dispose();
    }
}

/// <summary>
/// Conversations with mail servers, kept for some seconds for the next letter: calling and signing in costs more than a letter. One is one letter's at a time, and goes only to who would be let in
/// by the very same name and password.
/// </summary>
public sealed class SmtpLines(TimeProvider time) : IAsyncDisposable
{
    /// <summary>Many servers hang up after so many; then it is called anew.</summary>
    private const int MostLetters = 50;

    /// <summary>So many of one server are kept.</summary>
    private const int MostKept = 4;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<SmtpLine>> _kept = [];
    private readonly CancellationTokenSource _over = new();

    /// <summary>One that was kept, for this letter alone; null: there is none.</summary>
    internal SmtpLine? Take(MailServer server)
    {
        lock (_gate)
        {
            if (Key(server) is not { } key || !_kept.TryGetValue(key, out var lines) || lines.Count == 0)
            {
                return null;
            }

            var line = lines[^1];
            lines.RemoveAt(lines.Count - 1);
            return line;
        }
    }

    /// <summary>Keeps one for the next letter; false: it is to be ended.</summary>
    internal bool Keep(MailServer server, SmtpLine line)
    {
        lock (_gate)
        {
            if (Key(server) is not { } key || line.Letters >= MostLetters || _over.IsCancellationRequested)
            {
                return false;
            }

            if (!_kept.TryGetValue(key, out var lines))
            {
                _kept[key] = lines = [];
            }

            if (lines.Count >= MostKept)
            {
                return false;
            }

            lines.Add(line);
            _ = End(key, line, line.Letters);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        List<SmtpLine> all;
        lock (_gate)
        {
            all = [.. _kept.Values.SelectMany(lines => lines)];
            _kept.Clear();
        }

        foreach (var line in all)
        {
            await line.DisposeAsync();
        }
    }

    /// <summary>Nobody wanted it meanwhile: goodbye.</summary>
    private async Task End(string key, SmtpLine line, int letters)
    {
        await Task.Delay(Life, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (line.Letters != letters || !_kept.TryGetValue(key, out var lines) || !lines.Remove(line))
            {
                return;
            }
        }

        await line.Talk.Leave();
        await line.DisposeAsync();
    }

    /// <summary>Null: not kept. A token is good for a while, and whose it is only its provider knows.</summary>
    private static string? Key(MailServer server) => server.Token is not null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{server.Host}\n{server.Port}\n{server.Security}\n{server.User}\n{server.Password}\n{server.Certificate}\n{server.Pem}\n{server.May is null}")));
}
