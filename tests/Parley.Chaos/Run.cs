using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Chaos.Clients;
using Parley.Chaos.Faults;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;
using Parley.Tests.Cast;

namespace Parley.Chaos;

/// <summary>One run: an installation, everybody who uses it, what is done to it meanwhile, and what is proven afterwards.</summary>
internal sealed class Run : IAsyncDisposable
{
    /// <summary>For something to come about that must: nothing is proven by how long it takes, and on a busy machine everything takes long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly Stage _stage;
    private readonly Wish _wish;
    private readonly Witness _witness;
    private readonly Ledger _ledger = new();
    private readonly List<Customer> _customers = [];
    private readonly List<Clerk> _clerks = [];
    private readonly List<Outsider> _outsiders = [];
    private readonly List<Follower> _followers = [];
    private readonly List<Task> _watching = [];
    private long _looked;
    private readonly ConcurrentQueue<(string Id, string To, string Text)> _mails = new();

    private Run(Stage stage, Wish wish, Witness witness) => (_stage, _wish, _witness) = (stage, wish, witness);

    public static async Task<Run> Begin(string engine, Wish wish, Action<string> write)
    {
        var witness = new Witness(write);
        witness.Note($"seed {wish.Seed}, {wish.Time.TotalSeconds:0} s of faults, {engine}");
        var run = new Run(await Stage.Set(engine, wish.Long), wish, witness);
        run.Invite();
        witness.Note("everybody is there");
        return run;
    }

    /// <summary>What the nodes said last, for who looks for the cause of something.</summary>
    public IEnumerable<string> Said => _stage.Stations.SelectMany(station => station.Said.Select(line => $"node {station.Number}: {line}"));

    public async Task<Report> Do()
    {
        using var talking = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        try
        {
            return await Do(talking, watching);
        }
        finally
        {
            // Where it did not come to its end, nobody goes on beside what is taken down.
            await talking.CancelAsync();
            await watching.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _customers.ForEach(customer => customer.Dispose());
        _clerks.ForEach(clerk => clerk.Dispose());
        _outsiders.ForEach(outsider => outsider.Dispose());
        await _stage.DisposeAsync();
    }

    private async Task<Report> Do(CancellationTokenSource talking, CancellationTokenSource watching)
    {
        _watching.AddRange(_customers.Where(customer => !customer.IsAway).Select(customer => Task.Run(() => customer.Screen.Run(watching.Token))));
        _watching.AddRange(_clerks.Select(clerk => Task.Run(() => clerk.Screen.Run(watching.Token))));
        _watching.AddRange(_followers.Select(follower => Task.Run(() => follower.Run(watching.Token))));
        List<Task> talk =
        [
            .. _customers.Select(customer => Task.Run(() => customer.Write(talking.Token))),
            .. _clerks.Select(clerk => Task.Run(() => clerk.Work(talking.Token))),
            .. _outsiders.Select(outsider => Task.Run(() => outsider.Tell(talking.Token))),
        ];
        await UnderWay();
        var doing = new Doing(_stage, _witness);
        if (_wish.Long)
        {
            await doing.Run(Plan.Alone(_wish.Seed, _stage.Kinds, _stage.Stations.Count), Served);
        }

        var started = Stopwatch.GetTimestamp();
        await doing.Run(Plan.Draw(_wish.Seed, _wish.Time, _stage.Kinds, _stage.Stations.Count));
        var last = Stopwatch.GetTimestamp();
        await Served(last);
        await talking.CancelAsync();
        await Task.WhenAll(talk);
        var ended = Stopwatch.GetTimestamp();
        _witness.Note("everybody has said what they had to say");
        var truth = await Settled();
        _witness.Note("all is quiet");
        var findings = await Proven(truth, watching.Token);
        _witness.Note($"all is looked through; {(await _stage.Read()).Log.Count - truth.Log.Count} entries came meanwhile");
        await watching.CancelAsync();
        await Task.WhenAll(_watching);
        return new Report(_stage, _wish, _witness, _ledger, truth, [.. _witness.Findings.Concat(findings).Distinct()])
        {
            Done = doing.All,
            Time = Stopwatch.GetElapsedTime(started, ended),
            Screens = [.. _customers.Select(customer => customer.Screen), .. _clerks.Select(clerk => clerk.Screen)],
            Mails = [.. _mails],
            Pushes = [.. _stage.Houses.SelectMany(Pushed)],
            Outside = [.. _outsiders.SelectMany(outsider => outsider.Heard)],
        };
    }

    private void Invite()
    {
        var (seed, many, mails) = (_wish.Seed, _wish.Long ? 10 : 4, 0);
        _stage.Post.Takes = (to, whole) =>
        {
            _mails.Enqueue((Regex.Match(whole, "^Message-ID: <(.+?)>", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value, to, MailSink.Read(whole)));
            return Interlocked.Increment(ref mails) % 8 != 0;
        };
        foreach (var house in _stage.Houses)
        {
            for (var number = 1; number <= many; number++)
            {
                _customers.Add(new Customer(_stage, _witness, _ledger, house, (number % 3 == 0 ? 'p' : 's', number), seed++));
            }

            _customers.Add(new Customer(_stage, _witness, _ledger, house, ('s', Customer.Away), seed++));
            var quay = _customers.Where(customer => customer.Line.Name.StartsWith($"customer {house.Letter}p", StringComparison.Ordinal)).ToList();
            var elsewhere = _customers.Where(customer => !customer.Line.Name.StartsWith($"customer {house.Letter}", StringComparison.Ordinal)).ToList();
            var kim = new Clerk(_stage, _witness, _ledger, house, "kim", seed++) { Forbidden = () => elsewhere.Find(customer => customer.Conversation is not null)?.Conversation };
            _clerks.Add(kim);
            _clerks.Add(new Clerk(_stage, _witness, _ledger, house, "noor", seed++) { Forbidden = () => quay.Find(customer => customer.Conversation is not null)?.Conversation });
            _outsiders.Add(new Outsider(_stage, _witness, _ledger, house, seed++));
            _followers.Add(new Follower(kim.Line, house));
        }
    }

    /// <summary>Everybody has been served once: faults then meet people who talk.</summary>
    private Task UnderWay() => Until("everybody is under way", () => _customers.TrueForAll(customer => _witness.Served.Any(served => served.Client == customer.Line.Name)));

    /// <summary>Everybody is served again after the last fault.</summary>
    private Task Served(long since) => Until("everybody is served again", () =>
    {
        var served = _witness.Served.Where(served => served.At > since).Select(served => served.Client).ToHashSet();
        return _customers.TrueForAll(customer => served.Contains(customer.Line.Name));
    });

    /// <summary>Nothing comes any more, readers have come to the end, and nothing is on its way out. What waits for an hour is waited for by putting all clocks forward.</summary>
    private async Task<Truth> Settled()
    {
        var ahead = TimeSpan.FromHours(2);
        _stage.Stations.ForEach(station => station.Turn(ahead.TotalSeconds));
        _stage.Houses.ForEach(house =>
        {
            house.Receiver.Faults.Clear();
            house.Receiver.Clock.Advance(ahead);
        });
        var (truth, quiet) = (await _stage.Read(), 0);
        for (var (since, waits) = (Stopwatch.GetTimestamp(), new Waiting(_witness)); quiet < 4 && Stopwatch.GetElapsedTime(since) < Patience; await Task.Delay(500))
        {
            var now = await _stage.Read();
            var awaited = Awaited(now, truth).ToList();
            quiet = awaited.Count == 0 ? quiet + 1 : 0;
            waits.For(awaited);
            truth = now;
        }

        return truth;
    }

    /// <summary>Why it is not quiet yet.</summary>
    private IEnumerable<string> Awaited(Truth now, Truth before)
    {
        if (now.Log.Count != before.Log.Count)
        {
            yield return $"{now.Log.Count - before.Log.Count} more entries";
        }

        foreach (var behind in now.Behind)
        {
            yield return $"behind: {behind}";
        }

        foreach (var delivery in now.Deliveries.Where(OnItsWay))
        {
            yield return $"on its way: {delivery}";
        }

        if (!Worked(now))
        {
            yield return "what was kept of the receiver's customers is not all in the log";
        }

        foreach (var finding in OutsideChecks.Mails(_mails, Noted(now), restored: true))
        {
            yield return $"{finding}";
        }
    }

    private static bool OnItsWay(Delivery delivery) => delivery.State is 0 or 1 or 6;

    /// <summary>What was kept of the receiver's customers is in the log.</summary>
    private bool Worked(Truth truth)
    {
        var words = LogChecks.Words(truth.Log);
        return _ledger.All.Where(said => said is { Acknowledged: > 0, Mark.Inbox: 'c', Mark.Kind: 'w' } && !LogChecks.MayBeUndone(said, _stage.Restores)).All(said => words.ContainsKey(said.Mark));
    }

    /// <summary>How often the log says that a customer who is away is mailed, and what must have come of it.</summary>
    private Dictionary<string, (int Noted, Mark? Owed)> Noted(Truth truth) => _customers.Where(customer => customer is { IsAway: true, Conversation: not null })
        .ToDictionary(customer => customer.Address, customer => OutsideChecks.Owed([.. truth.Log.Where(entry => entry.Subject == customer.Conversation)]));

    /// <summary>What was pushed to who is away, repeats too.</summary>
    private List<string> Pushed(House house) => [.. _stage.Browsers.Pushes.Where(push => push.Browser == house.Ola.Browser).Select(push => push.Said.GetRawText())];

    private async Task<List<Finding>> Proven(Truth truth, CancellationToken stop)
    {
        _looked = Stopwatch.GetTimestamp();
        var (found, words) = (new List<Finding>(), LogChecks.Words(truth.Log));
        found.AddRange(LogChecks.Gaps(truth.Log, truth.Heads));
        found.AddRange(LogChecks.Ledger(_ledger.All, truth.Log, _stage.Restores));
        found.AddRange(EffectChecks.Readers(truth.Behind));
        var owed = truth.Log.Where(entry => entry.Type == "message" && Mark.In(entry.Body).Any(mark => mark is { Inbox: 'c', Kind: 'a' })).ToList();
        found.AddRange(EffectChecks.Once(truth.Commands, _ledger.All, truth.Deliveries, [.. owed.Select(entry => (entry.Subject, entry.Seq))]));
        var open = truth.Deliveries.Where(delivery => OnItsWay(delivery) || delivery.State == 5).Select(delivery => (delivery.Conversation, delivery.Seq)).ToHashSet();
        found.AddRange(truth.Deliveries.Where(delivery => OnItsWay(delivery) || delivery.State == 5).Select(delivery => new Finding(FindingKind.Outside, $"delivery {delivery.Id} of {delivery.Conversation}#{delivery.Seq} is still at {delivery.State}")));
        foreach (var (outsider, house) in _outsiders.Zip(_stage.Houses))
        {
            var here = owed.Where(entry => Mark.In(entry.Body).First().House == house.Letter).ToList();
            found.AddRange(OutsideChecks.Of($"receiver of {house.Name}", outsider.Heard, [.. here.SelectMany(entry => Mark.In(entry.Body))], [.. here.Where(entry => open.Contains((entry.Subject, entry.Seq))).SelectMany(entry => Mark.In(entry.Body))], _ledger.All, _stage.Restores));
        }

        foreach (var house in _stage.Houses)
        {
            found.AddRange(OutsideChecks.Pushes($"Ola of {house.Name}", Pushed(house), mark => mark.House == house.Letter && mark.Inbox != 'p', _ledger.All));
        }

        found.AddRange(OutsideChecks.Mails(_mails, Noted(truth), _stage.Restores.Count > 0));
        foreach (var mail in _mails)
        {
            found.AddRange(Foreign.Of($"a mail to {mail.To}", mark => _customers.Exists(customer => customer.Address == mail.To && customer.Sees(mark)), mail.Text));
        }

        List<Task<List<Finding>>> looking =
        [
            .. _customers.Where(customer => !customer.IsAway).Select(customer => Same(async () =>
                ViewChecks.Of(customer.Line.Name, customer.Conversation is { } it ? customer.Screen.View.Thread(it) : new Dictionary<long, string>(), await customer.Read(stop)))),
            .. _clerks.Select((clerk, i) => Seen(clerk, _stage.Houses[i / 2], words, stop)),
            .. _followers.Select(follower => Same(async () => ViewChecks.Followed(follower.Name, follower.Got, await Now(follower.House)))),
        ];
        found.AddRange((await Task.WhenAll(looking)).SelectMany(one => one));
        return found;
    }

    /// <summary>An agent's list, numbers, open threads and search.</summary>
    private async Task<List<Finding>> Seen(Clerk clerk, House house, Dictionary<Mark, List<LogEntry>> words, CancellationToken stop)
    {
        var (found, name, screen) = (new List<Finding>(), clerk.Line.Name, clerk.Screen);
        found.AddRange(await Same(async () => ViewChecks.Of($"{name}'s list", screen.View.Rows.ToDictionary(row => row.GetProperty("id").GetString()!, Rows.Shown), (await screen.List("all", stop)).ToDictionary(pair => pair.Key, pair => Rows.Shown(pair.Value)))));
        foreach (var id in screen.View.Threads)
        {
            found.AddRange(await Same(async () => ViewChecks.Of($"{name} in {id}", screen.View.Thread(id), await screen.Read($"/v1/conversations/{id}/timeline", stop))));
        }

        found.AddRange(await Same(async () => ViewChecks.Of($"{name}'s numbers", Texts(screen.View.Counts), Texts(await Kept(clerk.Line, stop)))));
        found.AddRange(await Same(() => Listed(clerk, house, stop)));
        found.AddRange(await Searched(clerk, house, words, stop));
        return found;
    }

    /// <summary>Kept numbers and rows, held to what one counts and to the log as it is then: something may still come due.</summary>
    private async Task<IEnumerable<Finding>> Listed(Clerk clerk, House house, CancellationToken stop)
    {
        var (open, closed, kept) = (await clerk.Screen.List("all", stop), await clerk.Screen.List("closed", stop), await Kept(clerk.Line, stop));
        var counted = open.Values.GroupBy(row => $"inbox:{row.GetProperty("inbox").GetString()}").ToDictionary(group => group.Key, group => (long)group.Count());
        (counted["all"], counted["closed"]) = (open.Count, closed.Count);
        counted["unassigned"] = open.Values.Count(row => row.GetProperty("holder").GetProperty("kind").GetString() != "agent");
        var found = EffectChecks.Counts(clerk.Line.Name, kept, counted);
        if (!clerk.SeesAll)
        {
            return found;
        }

        return found.Concat(EffectChecks.Rows(house.Name, open.Concat(closed).ToDictionary(pair => pair.Key, pair => (pair.Value.GetProperty("lastSeq").GetInt64(), pair.Value.GetRawText())), await Now(house)));
    }

    /// <summary>The log as it is at this moment: something may come due at any time, and who follows it hears of that.</summary>
    private async Task<List<LogEntry>> Now(House house) => [.. (await _stage.Read()).Log.Where(entry => entry.Workspace == house.Workspace)];

    /// <summary>Some words of each kind; for who is without the inbox, those of the quay are looked for as well, and found by nobody.</summary>
    private async Task<List<Finding>> Searched(Clerk clerk, House house, Dictionary<Mark, List<LogEntry>> words, CancellationToken stop)
    {
        var mine = words.Keys.Where(mark => mark.House == house.Letter).GroupBy(mark => (mark.Inbox, mark.Kind)).SelectMany(group => group.OrderByDescending(mark => mark.Number).Where((_, i) => i % (1 + (group.Count() / 5)) == 0)).ToList();
        return await Same(async () =>
        {
            var found = new List<Found>();
            foreach (var mark in mine)
            {
                var answer = await clerk.Line.Ask(HttpMethod.Get, $"/v1/search?q={mark}", null, stop);
                found.Add(new Found(mark, answer is { Status: HttpStatusCode.OK } ? [.. answer.Body.GetProperty("items").EnumerateArray().Select(hit => (hit.GetProperty("conversation").GetProperty("id").GetString()!, hit.GetProperty("seq").GetInt64()))] : []));
            }

            return EffectChecks.Search(clerk.Line.Name, found, clerk.SeesAll ? words : words.Where(pair => pair.Key.Inbox != 'p').ToDictionary());
        });
    }

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, long> counts) => counts.Where(pair => pair.Value != 0).ToDictionary(pair => pair.Key, pair => $"{pair.Value}");

    private static async Task<Dictionary<string, long>> Kept(Line line, CancellationToken stop) =>
        (await line.Ask(HttpMethod.Get, "/v1/counts", null, stop))!.Body.GetProperty("counts").Deserialize<Dictionary<string, long>>()!;

    /// <summary>What is wrong and stays so: a stream may be about to come back. All looks together have that long.</summary>
    private async Task<List<Finding>> Same(Func<Task<IEnumerable<Finding>>> look)
    {
        for (var waits = new Waiting(_witness); ; await Task.Delay(500))
        {
            var found = (await look()).ToList();
            waits.For(found.Select(finding => $"{finding}"));
            if (found.Count == 0 || Stopwatch.GetElapsedTime(_looked) > Patience)
            {
                return found;
            }
        }
    }

    private static async Task Until(string what, Func<bool> so)
    {
        for (var since = Stopwatch.GetTimestamp(); !so(); await Task.Delay(100))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Patience, $"Not within {Patience.TotalMinutes} minutes: {what}.");
        }
    }
}
