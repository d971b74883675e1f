using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Tests.Cast;

/// <summary>A mail server on this machine that takes everything, or refuses, and keeps what it got.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string To, string Text)> _mails = new();
    private readonly Task _listening;

    public MailSink()
    {
        _listener.Start();
        _listening = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to a recipient; 250 takes.</summary>
    public string Recipient { get; set; } = "250 yes";

    public IReadOnlyCollection<(string To, string Text)> Mails => _mails;

    public (string Key, string Value)[] Settings => [("mail.host", "127.0.0.1"), ("mail.port", $"{Port}"), ("mail.security", "none"), ("mail.from", "parley@lighthouse.test")];

    /// <summary>The newest mail to somebody, within ten seconds.</summary>
    public async Task<string> To(string address, int nth = 1)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (_mails.Where(mail => mail.To == address).Skip(nth - 1).Select(mail => mail.Text).FirstOrDefault() is { } text)
            {
                return text;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No mail came to {address}.");
    }

    /// <summary>What stands behind the # of the link in a mail.</summary>
    public static string Token(string text) => text.Split('#')[1].Split('\n', '\r')[0].Trim();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
        _listener.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptTcpClientAsync();
                await Talk(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient socket)
    {
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, new ASCIIEncoding()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 lighthouse.test");
        var to = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                _mails.Enqueue((to, Read(await Until(reader))));
                await writer.WriteLineAsync("250 kept");
            }
            else if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
            {
                to = line["RCPT TO:<".Length..^1];
                await writer.WriteLineAsync(Recipient);
            }
            else if (line == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-lighthouse.test\r\n250 8BITMIME" : "250 yes");
            }
        }
    }

    private static async Task<string> Until(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    /// <summary>The headers, and the text out of its base64.</summary>
    private static string Read(string mail)
    {
        var end = mail.IndexOf("\n\n", StringComparison.Ordinal);
        return mail[..end] + "\n\n" + Encoding.UTF8.GetString(Convert.FromBase64String(mail[end..].ReplaceLineEndings("")));
    }
}
