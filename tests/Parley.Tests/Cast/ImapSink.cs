using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parley.Tests.Cast;

/// <summary>A mailbox's server on this machine that says whatever it is told to say, also what none should. With a certificate it encrypts.</summary>
public sealed class ImapSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string Line, bool Encrypted)> _said = new();
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _listening;

    public ImapSink(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _listening = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Greeting { get; set; } = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] ready\r\n";

    /// <summary>What it answers to a command (without its tag), <c>{tag}</c> standing for that; null: what everybody would; empty: nothing at all.</summary>
    public Func<string, string?> Answers { get; set; } = _ => null;

    /// <summary>Every line it was told, with announced bytes put in, and whether that was encrypted.</summary>
    public IReadOnlyCollection<(string Line, bool Encrypted)> Said => _said;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _listening;
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task Listen()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(Serve(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException or OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Serve(TcpClient socket)
    {
        using var _ = socket;
        try
        {
            await using var bare = socket.GetStream();
            await Write(bare, Greeting);
            if (await Talk(bare, false))
            {
                await using var safe = new SslStream(bare, leaveInnerStreamOpen: true);
                await safe.AuthenticateAsServerAsync(_certificate!);
                await Talk(safe, true);
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException)
        {
            // Whoever called hung up, did not trust the certificate, or the test is over.
        }
    }

    private async Task<bool> Talk(Stream stream, bool encrypted)
    {
        var tag = "";
        while (await Line(stream) is { } line)
        {
            _said.Enqueue((line, encrypted));
            var isDone = line is "DONE" || !line.Contains(' ');
            tag = isDone ? tag : line.Split(' ')[0];
            var command = isDone ? line : line[(tag.Length + 1)..];
            if (command == "STARTTLS" && _certificate is not null)
            {
                await Write(stream, (Answers(command) ?? "{tag} OK go on\r\n").Replace("{tag}", tag));
                return true;
            }

            await Write(stream, (Answers(command) ?? (command == "IDLE" ? "+ idling\r\n" : "{tag} OK done\r\n")).Replace("{tag}", tag));
            if (command == "LOGOUT")
            {
                return false;
            }
        }

        return false;
    }

    private async Task<string?> Line(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _over.Token) == 1)
        {
            if (one[0] != '\n')
            {
                line.Add(one[0]);
                continue;
            }

            var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            if (!text.EndsWith('}'))
            {
                return text;
            }

            var size = text[(text.LastIndexOf('{') + 1)..^1];
            if (!size.EndsWith('+'))
            {
                await Write(stream, "+ go on\r\n");
            }

            var bytes = new byte[int.Parse(size.TrimEnd('+'), System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(bytes, _over.Token);
            line = [.. Encoding.UTF8.GetBytes(text[..text.LastIndexOf('{')]), .. bytes];
        }

        return null;
    }

    private async Task Write(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _over.Token);
}
