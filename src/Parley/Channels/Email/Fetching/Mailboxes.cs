using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Parley.Channels.Connections;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Mail.Imap;

namespace Parley.Channels.Email.Fetching;

/// <summary>Fetches every mailbox that is set up, for as long as the server runs: begins and ends as channels are set up, changed and switched off. Of several nodes one fetches a mailbox.</summary>
internal sealed class Mailboxes : DueRounds
{
    /// <summary>How long a node that died keeps a mailbox.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>Nobody waits longer for a mailbox to let go.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConnectionStore _connections;
    private readonly EmailTokens _tokens;
    private readonly MailboxKeeping _keeping;
    private readonly TimeProvider _time;
    private readonly Dictionary<InboxId, Running> _running = [];

    public Mailboxes(ConnectionStore connections, EmailTokens tokens, MailboxKeeping keeping, TimeProvider time, ILogger<Mailboxes> log)
        : base("mailboxes", time, log)
    {
        (_connections, _tokens, _keeping, _time) = (connections, tokens, keeping, time);
        connections.Listen(Tell);
    }

    private sealed record Running(string Settings, CancellationTokenSource Stop, Task Work);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Keys.ToList().Select(inbox => End(inbox, forget: false)));
    }

    /// <summary>Whatever is due here is due when somebody changes settings, and that is looked for every now and then.</summary>
    protected override Task<DateTimeOffset?> Next() => Task.FromResult<DateTimeOffset?>(null);

    protected override async Task Round(CancellationToken stop)
    {
        var wanted = (await _connections.OfKind("email")).Select(connection => (Connection: connection, Settings: SettingsOf(connection)))
            .Where(one => one.Settings is { ReceiveHost.Length: > 0 }).ToDictionary(one => one.Connection.Inbox);
        foreach (var (inbox, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(inbox, out var now) || Print(now.Connection) != running.Settings || running.Work.IsCompleted)
            {
                await End(inbox, forget: now.Connection is null);
            }
        }

        foreach (var (inbox, (connection, settings)) in wanted.Where(one => !_running.ContainsKey(one.Key)).ToList())
        {
            var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _running[inbox] = new(Print(connection), ends, Task.Run(() => Fetch(connection, settings!, ends.Token), CancellationToken.None));
        }
    }

    /// <summary>Null: they cannot be read, and whoever looks at the channel is told so.</summary>
    private static EmailSettings? SettingsOf(Connection connection)
    {
        try
        {
            return connection.Settings<EmailSettings>();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>By what one sees that settings were changed. A refresh token changes by itself.</summary>
    private static string Print(Connection connection) => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(connection.Values.Remove("tokenRefresh"), Platform.Json.Options)));

    private async Task End(InboxId inbox, bool forget)
    {
        if (!_running.Remove(inbox, out var running))
        {
            return;
        }

        await running.Stop.CancelAsync();
        await Task.WhenAny(running.Work, Task.Delay(Patience));
        if (forget)
        {
            await _keeping.States.Forget(inbox);
        }
    }

    /// <summary>Fetches while this node is the one that does.</summary>
    private async Task Fetch(Connection connection, EmailSettings settings, CancellationToken stop)
    {
        var lease = new Lease(_keeping.Database, $"mailbox:{connection.Inbox}", Life, _time);
        while (!stop.IsCancellationRequested)
        {
            if (await Holds(lease, stop))
            {
                await Read(connection, settings, lease, stop);
            }

            await Task.Delay(Life / 3, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Rounds.Do(Log, "mailboxes", lease.Release, CancellationToken.None);
    }

    private async Task Read(Connection connection, EmailSettings settings, Lease lease, CancellationToken stop)
    {
        using var term = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Rounds.Do(Log, "mailboxes", () => _keeping.States.Only(connection.Inbox, settings.FolderNames), stop);
        var reader = new MailboxReader(connection.Inbox, settings, _keeping, () => lease.Fence);
        var watching = new ImapWatching(_tokens.Held(settings.Receives(cancel => _tokens.Of(connection, cancel)), connection)!, settings.FolderNames, settings.Old);
        var work = new ImapWatch(watching, reader, _time, Log).Run(term.Token);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(Life / 3, _time, term.Token)).WaitAsync(CancellationToken.None);
            if (stop.IsCancellationRequested || !await Holds(lease, stop))
            {
                await term.CancelAsync();
                await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await reader.Told;
    }

    private async Task<bool> Holds(Lease lease, CancellationToken stop)
    {
        var holds = false;
        return await Rounds.Do(Log, "mailboxes", async () => holds = await lease.Hold(), stop) && holds;
    }
}
