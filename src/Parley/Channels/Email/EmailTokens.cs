using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Channels.Connections;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Platform.Web;

namespace Parley.Channels.Email;

/// <summary>Tokens for mailboxes that take no passwords (OAuth 2, RFC 6749, 6): had for a refresh token, and kept while they are good.</summary>
internal sealed class EmailTokens : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>Where a provider does not say how long one is good.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    /// <summary>So long before its end a token is not used any more.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How often it is looked whether another node has asked.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<InboxId, (string Token, long For, DateTimeOffset Until)> _good = new();
    private readonly ConcurrentDictionary<InboxId, SemaphoreSlim> _turns = new();
    private readonly ConnectionStore _store;
    private readonly Database _database;
    private readonly ChannelSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private int _renewing;

    public EmailTokens(ConnectionStore store, Database database, ChannelSettings settings, TimeProvider time)
    {
        (_store, _database, _settings, _time, _http) = (store, database, settings, time, new OpenNetwork(settings.AllowLoopback).Caller(Patience));
        // What somebody set up otherwise is tried as it is now.
        store.Listen(() =>
        {
            if (Volatile.Read(ref _renewing) == 0)
            {
                _good.Clear();
            }
        });
    }

    /// <exception cref="MailServerFailed">Nobody gives one.</exception>
    public Task<string> Of(Connection connection, CancellationToken cancel) => InTurn(connection, () => Asked(connection, cancel), cancel);

    /// <summary>Another than one that a server refused before its time: taken back, or by a clock that is not ours. Null: there is no other.</summary>
    private async Task<string?> Another(Connection connection, string refused, CancellationToken cancel)
    {
        var token = await InTurn(
            connection,
            () =>
            {
                if (_good.TryGetValue(connection.Inbox, out var good) && good.Token == refused)
                {
                    _good.TryRemove(connection.Inbox, out _);
                }

                return Asked(connection, cancel);
            },
            cancel);
        return token == refused ? null : token;
    }

    /// <summary>One at a time: a provider that gives a new refresh token with each takes the old one only once.</summary>
    private async Task<string> InTurn(Connection connection, Func<Task<string>> ask, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(connection.Inbox, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel);
        try
        {
            return await ask();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> Asked(Connection connection, CancellationToken cancel)
    {
        if (_good.TryGetValue(connection.Inbox, out var good) && good.For == (await Now(connection)).Changes && good.Until > _time.GetUtcNow())
        {
            return good.Token;
        }

        // Of all nodes one after the other, too: the next asks with what came with the last one.
        var lease = new Lease(_database, $"token:{connection.Inbox}", 2 * Patience, _time);
        for (var since = _time.GetTimestamp(); !await lease.Hold(); await Task.Delay(Again, _time, cancel))
        {
            if (_time.GetElapsedTime(since) > 2 * Patience)
            {
                throw new MailServerFailed(MailFault.Busy, "Other nodes ask for a token.");
            }
        }

        try
        {
            var now = await Now(connection);
            var settings = now.Settings<EmailSettings>();
            var (token, next, life) = await Ask(settings, cancel);
            if (next is not null && next != settings.TokenRefresh)
            {
                await Keep(now, next);
            }

            _good[connection.Inbox] = (token, now.Changes, _time.GetUtcNow() + life - Early);
            return token;
        }
        finally
        {
            await lease.Release();
        }
    }

    /// <summary>As it stands now: whoever gave the last one may have given a new refresh token with it.</summary>
    private async Task<Connection> Now(Connection connection) => await _store.Find(connection.Inbox) ?? connection;

    /// <summary>Nobody set it up otherwise: what other nodes had for it stays good. What somebody set up meanwhile stays as they did.</summary>
    private async Task Keep(Connection asked, string refresh)
    {
        Interlocked.Increment(ref _renewing);
        try
        {
            await _store.Change<string>(
                asked.Inbox,
                EmailChannel.Secrets,
                before => (before.Changes != asked.Changes ? null : before with { Values = before.Values.SetItem("tokenRefresh", JsonSerializer.SerializeToElement(refresh)) }, refresh),
                byItself: true);
        }
        finally
        {
            Interlocked.Decrement(ref _renewing);
        }
    }

    /// <summary>A server whose name was typed into a channel is none of this machine.</summary>
    /// <param name="connection">Whose it is, where it is set up already.</param>
    public MailServer? Held(MailServer? server, Connection? connection = null)
    {
        var held = server is null || _settings.AllowLoopback ? server : server with { May = OpenNetwork.IsElsewhere };
        return held?.Token is null || connection is null ? held : held with { Renewed = (refused, cancel) => Another(connection, refused, cancel) };
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string Token, string? Next, TimeSpan Life)> Ask(EmailSettings it, CancellationToken cancel)
    {
        if (!Uri.TryCreate(it.TokenUrl, UriKind.Absolute, out var url))
        {
            throw new MailServerFailed(MailFault.Login, "There is no address at which to ask for a token.");
        }

        var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = it.TokenRefresh ?? "", ["client_id"] = it.TokenClient ?? "", ["client_secret"] = it.TokenSecret ?? "" };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form.Where(pair => pair.Value.Length > 0)) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            return response.IsSuccessStatusCode ? Read(text) : throw new MailServerFailed((int)response.StatusCode is 429 or >= 500 ? MailFault.Busy : MailFault.Login, $"For a token {url.Host} said {(int)response.StatusCode} {Short(text)}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new MailServerFailed(MailFault.Busy, $"{url.Host} gave no token: {error.Message}", error);
        }
    }

    private static (string Token, string? Next, TimeSpan Life) Read(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            var root = answer.RootElement;
            var life = root.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var count) && count > 0 ? TimeSpan.FromSeconds(count) : Usual;
            return (root.GetProperty("access_token").GetString()!, root.TryGetProperty("refresh_token", out var next) ? next.GetString() : null, life);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MailServerFailed(MailFault.Login, "What was said for a token is none.", error);
        }
    }

    private static string Short(string text) => Platform.Words.Clean(text.Length > 200 ? text[..200] : text).ReplaceLineEndings(" ");
}
