using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Parley.Channels.Connections;
using Parley.Platform.Hosting;

namespace Parley.Channels.Receiving;

/// <summary>Works what providers sent, in the order in which it came. One bad piece never harms the others of its batch, and whatever breaks, the request is still here.</summary>
internal sealed class Working : DueRounds
{
    private const int Slice = 50;
    private const int ShownFailures = 20;

    /// <summary>So often it is looked whether what something is about is known by now, and tried what broke in our hands: about ten minutes.</summary>
    private const int Patience = 10;

    /// <summary>So often where the store would not, or there was too much to do: about two hours. Then it is put aside too, and a person has it worked.</summary>
    private const int Endurance = 60;

    private static readonly TimeSpan Sweeping = TimeSpan.FromHours(1);

    private readonly Arrivals _arrivals;
    private readonly ConnectionStore _connections;
    private readonly Reading _reading;
    private readonly ChannelSettings _settings;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turns;
    private DateTimeOffset _sweep;
    private bool _begun;

    public Working(Arrivals arrivals, ConnectionStore connections, Reading reading, ChannelSettings settings, TimeProvider time, ILogger<Working> log)
        : base("arrivals", time, log)
    {
        (_arrivals, _connections, _reading, _settings, _time) = (arrivals, connections, reading, settings, time);
        _turns = new SemaphoreSlim(settings.AtOnce);
        arrivals.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _arrivals.Next();

    protected override async Task Round(CancellationToken stop)
    {
        if (!_begun)
        {
            await _arrivals.Begin();
            _begun = true;
        }

        while (await _arrivals.Take(Slice) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = _settings.AtOnce, CancellationToken = stop }, async (some, cancel) => await Together(some, cancel));
        }

        if (_time.GetUtcNow() is var now && now >= _sweep)
        {
            await _arrivals.Sweep(now - TimeSpan.FromDays(_settings.KeptDays));
            _sweep = now + Sweeping;
        }
    }

    /// <summary>What of one inbox is worked together: what hangs together one after the other, the rest beside each other, so that many commands share a transaction.</summary>
    private async Task Together(List<Arrival> some, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var kept = _arrivals.Keep(some, Log, over.Token);
        var (done, rest) = (new ConcurrentBag<Arrival>(), new ConcurrentBag<Arrival>());
        try
        {
            if (await _connections.Find(some[0].Inbox) is not { } connection)
            {
                foreach (var arrival in some)
                {
                    await _arrivals.Fail(arrival, "channel.unknown", arrival.Request, [""]);
                }

                return;
            }

            var items = some.ConvertAll(arrival => _reading.Read(connection, arrival.Request));
            // Whatever ends, all lanes come to their end: what one of them does is done before anything is given back.
            await Task.WhenAll(Lanes.Of(items).Select(lane => InOrder(connection, new(lane.Select(index => (some[index], items[index]))), done, rest, stop)));
        }
        finally
        {
            try
            {
                await _arrivals.Done(done);
                await _arrivals.Release(rest);
            }
            finally
            {
                // Whatever the store said: nobody keeps what nobody works any more.
                await over.CancelAsync();
                await kept;
            }
        }
    }

    /// <summary>One after the other. What was worked is noted at the end: worked again after a crash, it does the same.</summary>
    private async Task InOrder(Connection connection, Queue<(Arrival Arrival, IReadOnlyList<Inbound> Items)> lane, ConcurrentBag<Arrival> done, ConcurrentBag<Arrival> rest, CancellationToken stop)
    {
        await _turns.WaitAsync(CancellationToken.None);
        try
        {
            for (var goesOn = true; goesOn && lane.Count > 0 && !stop.IsCancellationRequested; lane.Dequeue())
            {
                var ((arrival, items), whole) = (lane.Peek(), false);
                goesOn = false;
                if (!await Rounds.Do(Log, "arrivals", async () => (goesOn, whole) = await Work(connection, arrival, items, stop), stop))
                {
                    // Ours to mend: the request waits, and what came after it does, too.
                    await _arrivals.Later(arrival, Again(arrival), early: false);
                }

                if (whole)
                {
                    done.Add(arrival);
                }
            }
        }
        finally
        {
            _turns.Release();
            lane.ToList().ForEach(left => rest.Add(left.Arrival));
        }
    }

    /// <returns>Whether what came after it is worked now; and whether nothing of it is left.</returns>
    private async Task<(bool GoesOn, bool Whole)> Work(Connection connection, Arrival arrival, IReadOnlyList<Inbound> items, CancellationToken stop)
    {
        var (failures, people, left, index) = (new List<string>(), new List<(int Index, string Address)>(), new HashSet<int>(), 0);
        var (busy, early, underway, last, over) = (false, false, false, arrival.Tries >= Patience, arrival.Tries >= Endurance);
        await foreach (var (item, taken) in _reading.Take(connection, items, last, stop))
        {
            // What we could not do now is done before what came after it; what broke again and again is put aside, so that the others go on.
            (busy, early, underway) = ((taken is Taken.Busy && !over) || (taken is Taken.Broken && !last), early || taken is Taken.Early, underway || taken is Taken.Underway);
            if (taken is Taken.Refused or Taken.Broken or Taken.Busy)
            {
                failures.Add($"{item.Key}: {(taken as Taken.Refused)?.Code ?? (taken is Taken.Busy ? "busy" : "fault")}");
                left.Add(index);
            }

            if (busy)
            {
                break;
            }

            people.Add((index++, item switch { InboundMessage message => message.From.Address, InboundEcho echo => echo.To, _ => "" }));
        }

        // Of what nobody knows it is waited for a while; what is on its way here ends by itself.
        var waits = underway || (early && !last);
        var rest = failures.Count > 0 ? _reading.Cut(connection, arrival.Request, left) : arrival.Request;
        await (busy ? _arrivals.Later(arrival, Again(arrival), early: false)
            : waits ? _arrivals.Later(arrival, Again(arrival), early: true)
            : failures.Count > 0 ? _arrivals.Fail(arrival, string.Join('\n', failures.Take(ShownFailures)), rest, people.Where(person => ReferenceEquals(rest, arrival.Request) || left.Contains(person.Index)).Select(person => person.Address))
            : Task.CompletedTask);
        return (!busy, !busy && !waits && failures.Count == 0);
    }

    private DateTimeOffset Again(Arrival arrival) => _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(2, Math.Min(arrival.Tries, 7)));
}

/// <summary>Reads a request, and takes what it says piece by piece.</summary>
internal sealed class Reading(Catalog catalog, Taking taking, Minding minding, Templates templates, ILogger<Reading> log)
{
    /// <param name="last">It is not tried again by itself.</param>
    public async IAsyncEnumerable<(Inbound Item, Taken Taken)> Take(Connection connection, IReadOnlyList<Inbound> items, bool last, [EnumeratorCancellation] CancellationToken stop)
    {
        if (catalog.Find(connection.Kind) is not { } channel)
        {
            yield return (new InboundUnknown("", "channel.unknown"), new Taken.Refused("channel.unknown"));
            yield break;
        }

        foreach (var item in items)
        {
            yield return (item, await Take(connection, channel, item, last, stop));
        }
    }

    private async Task<Taken> Take(Connection connection, InboundTemplates told)
    {
        if (Templates.Flaw(told.Templates) is { } flaw)
        {
            return new Taken.Refused(flaw.Errors[0].Field);
        }

        await templates.Keep(connection.Inbox, told.Templates);
        return new Taken.Done();
    }

    /// <summary>What is left of a request when the rest of it was worked.</summary>
    public RawRequest Cut(Connection connection, RawRequest request, IReadOnlySet<int> left)
    {
        try
        {
            return catalog.Find(connection.Kind)?.Cut(request, left) ?? request;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            log.LogWarning(error, "A request to the channel {Kind} could not be cut.", connection.Kind);
            return request;
        }
    }

    /// <summary>What a request says, made fit for the store.</summary>
    public IReadOnlyList<Inbound> Read(Connection connection, RawRequest request) => catalog.Find(connection.Kind) is { } channel ? [.. Read(channel, connection, request).Select(Tidying.Of)] : [];

    private IReadOnlyList<Inbound> Read(Channel channel, Connection connection, RawRequest request)
    {
        try
        {
            return channel.Receive(request, connection);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A channel that breaks on what it is sent loses nothing of it: it is kept, and shown.
            log.LogWarning(error, "A request to the channel {Kind} could not be read.", channel.Kind);
            return [new InboundUnknown("request", "unreadable")];
        }
    }

    private async Task<Taken> Take(Connection connection, Channel channel, Inbound item, bool last, CancellationToken stop)
    {
        try
        {
            return item switch
            {
                InboundMessage message => await taking.Take(connection, channel, message),
                InboundReceipt receipt => await minding.Take(connection, receipt),
                InboundEcho echo => await minding.Take(connection, channel, echo, last),
                InboundTemplates told => await Take(connection, told),
                InboundUnknown unknown => new Taken.Refused(unknown.What),
                _ => new Taken.Refused("item.unknown"),
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException && !(error is OperationCanceledException && stop.IsCancellationRequested))
        {
            // A full disk, a store that is gone, a mistake of ours: whose fault it is shows only in that it passes.
            log.LogWarning(error, "A piece of a request to the channel {Kind} could not be worked.", channel.Kind);
            return new Taken.Broken();
        }
    }
}
