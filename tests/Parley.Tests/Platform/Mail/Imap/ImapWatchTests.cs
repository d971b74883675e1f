using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Tests.Cast;
using Parley.Tests.Counterparts;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Imap;

/// <summary>A mailbox is read for as long as it runs, held against Dovecot: nothing lost, nothing doubled, and who has to look at what.</summary>
[Trait("takes", "long")]
public sealed class ImapWatchTests
{
    [Theory]
    [InlineData(1, null, 0.5, 1)]
    [InlineData(4, MailFault.Silent, 4, 8)]
    [InlineData(400, MailFault.Host, 150, 300)]
    [InlineData(1, MailFault.Login, 30, 60)]
    [InlineData(9, MailFault.Login, 900, 1800)]
    [InlineData(1, MailFault.Busy, 15, 30)]
    public void One_comes_back_later_each_time_and_not_all_at_once(int failures, MailFault? fault, double least, double most)
    {
        ImapWatch.Pause(failures, fault, 0).ShouldBe(TimeSpan.FromSeconds(least));
        ImapWatch.Pause(failures, fault, 1).ShouldBe(TimeSpan.FromSeconds(most));
    }

    [SkippableFact]
    public async Task What_comes_is_taken_once_over_a_restart_and_new_numbers_and_old_mail_is_known_as_such()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", Mail("old"));
        await server.Deliver("ana", Mail("lists 1"), "Lists");
        var taken = new Taken();
        await using (Watch(server, taken, ["INBOX", "Lists"], old: TimeSpan.FromDays(7)))
        {
            await taken.Until(() => taken.Subjects.Count == 2);
            taken.Arrivals.ShouldAllBe(arrival => arrival.IsOld);
            await taken.Until(() => taken.Marks.Count == 2);
            await server.Deliver("ana", Mail("new 1"));
            await taken.Until(() => taken.Subjects.Contains("new 1"));
            await server.Fall();
            await server.Deliver("ana", Mail("new 2"));
            await taken.Until(() => taken.Standings.Any(standing => standing.Fault is not null));
            await server.Raise();
            await taken.Until(() => taken.Subjects.Contains("new 2"));
        }

        // Nobody looks, and what comes then is no less new.
        await server.Deliver("ana", Mail("new 3"));
        await using (Watch(server, taken, ["INBOX", "Lists"]))
        {
            await taken.Until(() => taken.Subjects.Contains("new 3"));
        }

        taken.Arrivals.Where(arrival => !arrival.IsOld).Select(Subject).ShouldBe(["new 1", "new 2", "new 3"]);
        taken.Subjects.Count.ShouldBe(5);
        await server.Renumber("ana");
        taken.Marks["INBOX"] = taken.Marks["INBOX"] with { Validity = taken.Marks["INBOX"].Validity - 1 };
        await using (Watch(server, taken, ["INBOX"]))
        {
            await taken.Until(() => taken.Subjects.Count == 9);
            taken.Arrivals.Skip(5).ShouldAllBe(arrival => arrival.IsOld && arrival.Mark == null, "It may be known already: nobody is answered.");
            await server.Deliver("ana", Mail("new 4"));
            await taken.Until(() => taken.Subjects.Count == 10);
            taken.Arrivals.Last().IsOld.ShouldBeFalse();
        }
    }

    [SkippableFact]
    public async Task Old_mail_is_left_where_nobody_asked_for_it()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", Mail("old"));
        var taken = new Taken();
        await using var watch = Watch(server, taken, ["INBOX"]);
        await taken.Until(() => taken.Marks.ContainsKey("INBOX"));
        await server.Deliver("ana", Mail("new"));
        await taken.Until(() => taken.Subjects.Count == 1);
        taken.Subjects.ShouldBe(["new"]);
    }

    [SkippableFact]
    public async Task A_folder_that_goes_and_a_password_that_changes_are_said_and_the_rest_goes_on()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", Mail("here"), "Lists");
        var taken = new Taken();
        await using (Watch(server, taken, ["INBOX", "Lists"], old: TimeSpan.FromDays(7), round: TimeSpan.FromMilliseconds(50)))
        {
            await taken.Until(() => taken.Subjects.Count == 1);
            server.Remove("ana", "Lists");
            await taken.Until(() => taken.Standings.Any(standing => standing is { Fault: MailFault.Folder, Folder: "Lists" }));
            await server.Deliver("ana", Mail("still"));
            await taken.Until(() => taken.Subjects.Contains("still"));
        }

        await server.Lock("another");
        await using (Watch(server, taken, ["INBOX"]))
        {
            await taken.Until(() => taken.Standings.Any(standing => standing is { Fault: MailFault.Login, Folder: null }));
        }

        taken.Standings.ShouldAllBe(standing => standing.Why == null || !standing.Why.Contains(Dovecot.Password));
    }

    [SkippableFact]
    public async Task What_could_not_be_kept_comes_again()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        var taken = new Taken { Broken = 1 };
        await using var watch = Watch(server, taken, ["INBOX"]);
        await taken.Until(() => taken.Marks.ContainsKey("INBOX"));
        await server.Deliver("ana", Mail("one"));
        await server.Deliver("ana", Mail("two"));
        await taken.Until(() => taken.Subjects.Count == 2);
        taken.Subjects.ShouldBe(["one", "two"]);
        taken.Standings.ShouldContain(standing => standing.Why == "The disk is full.");
    }

    [SkippableFact]
    public async Task Fifty_megabytes_come_by_pieces_into_a_file()
    {
        Skip.If(Dovecot.Missing is not null, Dovecot.Missing);
        await using var server = await Dovecot.Start();
        await server.Deliver("ana", [.. Mail("large"), .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 50 * 1024 * 1024 / 78)))]);
        await using var session = await ImapSession.Open(server.For("ana"), TimeProvider.System);
        await session.Examine("INBOX");
        long size = 0;
        await session.Fetch(
            await session.After(0),
            async some =>
            {
                var mail = some.ShouldHaveSingleItem();
                mail.Raw.ShouldBeOfType<FileStream>("No more than a piece is held.");
                var buffer = new byte[64 * 1024];
                for (int read; (read = await mail.Raw.ReadAsync(buffer)) > 0; size += read)
                {
                }
            },
            (_, _) => Task.CompletedTask);
        size.ShouldBeGreaterThan(50 * 1000 * 1000);
    }

    [Fact]
    public async Task A_server_in_trouble_loses_nothing_and_what_it_never_hands_out_is_given_up_at_its_second_no()
    {
        var (sessions, trouble) = (0, true);
        await using var sink = new ImapSink
        {
            Answers = line => line.StartsWith("EXAMINE", StringComparison.Ordinal) ? Interlocked.Increment(ref sessions) > 0 ? "* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 4] ok\r\n{tag} OK\r\n" : null
                : line.StartsWith("UID SEARCH UID 1:", StringComparison.Ordinal) ? "* SEARCH 1 2 3\r\n{tag} OK\r\n"
                : line.StartsWith("UID SEARCH UID 3:", StringComparison.Ordinal) ? "* SEARCH 3\r\n{tag} OK\r\n"
                : line.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* SEARCH 1 2 3\r\n{tag} OK\r\n"
                : line.StartsWith("UID FETCH", StringComparison.Ordinal) && trouble ? "{tag} NO [UNAVAILABLE] the disks are away\r\n"
                : line.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) ? $"* 1 FETCH (UID 1 BODY[] {Literal("one")})\r\n{{tag}} OK\r\n"
                : line.StartsWith("UID FETCH 3 ", StringComparison.Ordinal) ? $"* 3 FETCH (UID 3 BODY[] {Literal("three")})\r\n{{tag}} OK\r\n"
                : line.StartsWith("UID FETCH", StringComparison.Ordinal) ? "{tag} NO could not convert\r\n"
                : null,
        };
        var (taken, clock) = (new Taken { MayMiss = true }, new Clock());
        taken.Marks["INBOX"] = new(1, 0);
        await using var watch = new Running(new ImapWatch(new(new("localhost", sink.Port, MailSecurity.None) { User = "kim", Password = "secret", TimeoutSeconds = 100_000 }, ["INBOX"]), taken, clock, NullLogger.Instance));
        await Forward(() => Volatile.Read(ref sessions) >= 3);
        (taken.Subjects.Count, taken.Missed.Count, taken.Marks["INBOX"].Uid).ShouldBe((0, 0, 0u), "However often it says so.");
        trouble = false;
        await Forward(() => taken.Subjects.Contains("three"));
        taken.Subjects.ShouldBe(["one", "three"]);
        taken.Missed.ShouldBe(["could not convert"]);
        sink.Said.Count(said => said.Line.Contains("UID FETCH 2 ", StringComparison.Ordinal) && !said.Line.Contains("HEADER", StringComparison.Ordinal)).ShouldBe(2, "By two connections.");
        taken.Standings.ShouldContain(standing => standing.Folder == "INBOX" && standing.Fault == null, "What was wrong with it before we looked is over.");

        static string Literal(string subject) => Encoding.ASCII.GetString(Mail(subject)) is var mail ? $"{{{mail.Length}}}\r\n{mail}" : "";

        Task Forward(Func<bool> holds) => taken.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return holds();
        });
    }

    [Fact]
    public async Task A_mail_with_which_the_server_has_trouble_for_ever_is_set_aside_with_its_head_and_what_came_after_it_comes()
    {
        var sessions = 0;
        await using var sink = new ImapSink
        {
            Answers = line => line.StartsWith("EXAMINE", StringComparison.Ordinal) ? Interlocked.Increment(ref sessions) > 0 ? "* 2 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 3] ok\r\n{tag} OK\r\n" : null
                : line.StartsWith("UID SEARCH UID 1:", StringComparison.Ordinal) ? "* SEARCH 1 2\r\n{tag} OK\r\n"
                : line.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* SEARCH 2\r\n{tag} OK\r\n"
                : line.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) && line.Contains("HEADER", StringComparison.Ordinal) ? $"* 1 FETCH (UID 1 BODY[HEADER]<0> {Literal("stuck")})\r\n{{tag}} OK\r\n"
                : line.StartsWith("UID FETCH 2 ", StringComparison.Ordinal) || line.StartsWith("FETCH 2 ", StringComparison.Ordinal) ? $"* 2 FETCH (UID 2 BODY[] {Literal("two")})\r\n{{tag}} OK\r\n"
                : line.StartsWith("UID FETCH", StringComparison.Ordinal) ? "{tag} NO [SERVERBUG] an index is broken\r\n"
                : null,
        };
        var (taken, clock) = (new Taken { MayMiss = true }, new Clock());
        taken.Marks["INBOX"] = new(1, 0);
        var began = clock.GetUtcNow();
        await using var watch = new Running(new ImapWatch(new(new("localhost", sink.Port, MailSecurity.None) { User = "kim", Password = "secret", TimeoutSeconds = 100_000 }, ["INBOX"]), taken, clock, NullLogger.Instance));
        await taken.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return taken.Subjects.Contains("two");
        });
        taken.Missed.ShouldHaveSingleItem().ShouldContain("an index is broken");
        taken.Heads.ShouldHaveSingleItem().ShouldContain("Subject: stuck");
        taken.Marks["INBOX"].Uid.ShouldBe(2u);
        sessions.ShouldBeGreaterThanOrEqualTo(5);
        (clock.GetUtcNow() - began).ShouldBeGreaterThan(TimeSpan.FromMinutes(20));

        static string Literal(string subject) => Encoding.ASCII.GetString(Mail(subject)) is var mail ? $"{{{mail.Length}}}\r\n{mail}" : "";
    }

    internal static byte[] Mail(string subject) => Encoding.ASCII.GetBytes($"From: Ben <ben@example.test>\r\nTo: kim@example.test\r\nSubject: {subject}\r\nMessage-ID: <{subject.Replace(' ', '-')}@example.test>\r\n\r\nHello.\r\n");

    private static string Subject(ImapArrival arrival) => (string)Taken.Subject(arrival)!;

    private static Running Watch(Dovecot server, Taken taken, string[] folders, TimeSpan? old = null, TimeSpan? round = null) =>
        new(new ImapWatch(new(server.For("ana"), folders, old, round ?? TimeSpan.FromMilliseconds(200)), taken, TimeProvider.System, NullLogger.Instance));

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(ImapWatch watch) => _run = watch.Run(_stop.Token);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }

    private sealed class Taken : IImapReader
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ImapArrival, string> Read = [];

        public int Broken { get; set; }

        public bool MayMiss { get; init; }

        public ConcurrentQueue<string> Missed { get; } = new();

        public ConcurrentQueue<string> Heads { get; } = new();

        public ConcurrentDictionary<string, ImapMark> Marks { get; } = new();

        public ConcurrentQueue<ImapArrival> Arrivals { get; } = new();

        public ConcurrentQueue<ImapStanding> Standings { get; } = new();

        public IReadOnlyList<string> Subjects => [.. Arrivals.Select(arrival => (string)Subject(arrival)!)];

        public static object? Subject(ImapArrival arrival) => Read.TryGetValue(arrival, out var subject) ? subject : null;

        public Task<ImapMark?> Mark(string folder) => Task.FromResult(Marks.GetValueOrDefault(folder));

        public Task Keep(string folder, ImapMark mark)
        {
            Marks[folder] = mark;
            return Task.CompletedTask;
        }

        public Task Take(IReadOnlyList<ImapArrival> some, CancellationToken cancel)
        {
            if (Broken-- > 0)
            {
                throw new IOException("The disk is full.");
            }

            foreach (var arrival in some)
            {
                Read.Add(arrival, Parley.Platform.Mail.Reading.MailReader.Read(arrival.Mail.Raw).Subject);
                Arrivals.Enqueue(arrival);
            }

            return some[^1].Mark is { } mark ? Keep(some[^1].Folder, mark) : Task.CompletedTask;
        }

        public Task Miss(string folder, ImapMark mail, ImapMark? mark, string why, ReadOnlyMemory<byte> head)
        {
            Missed.Enqueue(MayMiss ? why : throw new InvalidOperationException(why));
            Heads.Enqueue(Encoding.ASCII.GetString(head.Span));
            return mark is null ? Task.CompletedTask : Keep(folder, mark);
        }

        public void Tell(ImapStanding standing) => Standings.Enqueue(standing);

        public async Task Until(Func<bool> holds)
        {
            for (var tries = 0; !holds(); tries++)
            {
                if (tries > 1_200)
                {
                    throw new TimeoutException($"Taken: {string.Join(", ", Subjects)}. {string.Join(" ", Standings)}");
                }

                await Task.Delay(50);
            }
        }
    }
}
