using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Tests.Notifications;
using Shouldly;

namespace Parley.Tests.Platforms.Hosting;

public class DueRoundsTests
{
    /// <summary>What the three loops of this kind read when they ask for the next.</summary>
    private static readonly string[] Tables = ["unseen", "pushes", "mails"];

    [Fact]
    public async Task Whoever_cannot_say_when_the_next_is_due_is_asked_again_and_what_was_due_meanwhile_is_done()
    {
        var clock = new Clock();
        using var loop = new Loop(clock) { Due = clock.GetUtcNow().AddMinutes(1), Fails = true };
        await loop.StartAsync(default);
        await Until(() => loop.Asked > 0);
        for (var asked = loop.Asked; asked < 4; asked = loop.Asked)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await Until(() => loop.Asked > asked);
        }

        loop.ExecuteTask!.IsCompleted.ShouldBeFalse();
        loop.Fails = false;
        clock.Advance(TimeSpan.FromSeconds(20));
        await Until(() => loop.Done.Count == 1);
        loop.News(clock.GetUtcNow());
        await Until(() => loop.Done.Count == 2);
        await loop.StopAsync(default);
        loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_is_gone_for_a_moment_ends_no_loop_and_not_the_server_and_nothing_is_lost()
    {
        await using var mails = new MailSink();
        await using var pushes = new PushSink();
        await using var it = await Lighthouse.Open([.. mails.Settings, .. PushSink.Settings]);
        var (kims, device) = pushes.Subscribe();
        (await it.Kim.Post("/v1/me/push/devices", device)).Expect(HttpStatusCode.Created);
        var ana = await it.Ana("ana-1");
        var thread = await ana.Write("Is my sail ready?");
        (await it.Kim.Post($"/v1/conversations/{thread}/messages", new { clientId = "a", content = new { type = "text", text = "It is." } })).Expect(HttpStatusCode.Created);
        var ben = await it.Ben("ben-1");
        var other = await ben.Write("Is anybody there?");
        await Read(it);

        var store = it.Services.GetRequiredService<Database>();
        foreach (var table in Tables)
        {
            await store.Write(session => session.Execute(Renaming(table, $"{table}_gone")));
        }

        it.Clock.Advance(AnswerMailTests.Wait);
        string[] loops = ["notices", "pushes", "mails"];
        await Until(async () => (await it.Stranger().Get("/metrics")).Text is var text && loops.All(loop => Failed(text, loop) >= 3));
        (await it.Stranger().Get("/health/ready")).Expect(HttpStatusCode.OK);

        foreach (var table in Tables)
        {
            await store.Write(session => session.Execute(Renaming($"{table}_gone", table)));
        }

        (await pushes.To(kims)).Said.GetProperty("conversation").GetString().ShouldBe(other);
        (await mails.To(AnswerMailTests.Ana)).ShouldContain("It is.");
    }

    private static string Renaming(string from, string to) => $"alter table {from} rename to {to}";

    private static int Failed(string metrics, string loop) =>
        metrics.Split('\n').FirstOrDefault(line => line.StartsWith("parley_rounds_failed_total", StringComparison.Ordinal) && line.Contains($"loop=\"{loop}\"", StringComparison.Ordinal)) is { } line
            ? (int)double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private static async Task Read(Lighthouse it)
    {
        var head = (await it.Services.GetRequiredService<LogReader>().Head(it.Workspace))!.Value.Position;
        foreach (var reader in new[] { "unseen", "pushes" })
        {
            (await it.Services.GetRequiredService<Following>().Reached(reader, it.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        }
    }

    private static Task Until(Func<bool> done) => Until(() => Task.FromResult(done()));

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var patience = 600; !await done(); patience--)
        {
            patience.ShouldBePositive();
            await Task.Delay(25);
        }
    }

    private sealed class Loop(TimeProvider time) : DueRounds("test", time, NullLogger.Instance)
    {
        private readonly Lock _gate = new();
        private readonly TimeProvider _time = time;
        private readonly List<DateTimeOffset> _done = [];
        private DateTimeOffset? _due;
        private int _asked;

        public DateTimeOffset? Due { init => _due = value; }

        public bool Fails { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public IReadOnlyList<DateTimeOffset> Done
        {
            get
            {
                lock (_gate)
                {
                    return [.. _done];
                }
            }
        }

        public void News(DateTimeOffset due)
        {
            lock (_gate)
            {
                _due = due;
            }

            Tell();
        }

        protected override Task Round(CancellationToken stop)
        {
            lock (_gate)
            {
                if (_due <= _time.GetUtcNow() && !Fails)
                {
                    _done.Add(_due.Value);
                    _due = null;
                }
            }

            return Task.CompletedTask;
        }

        protected override Task<DateTimeOffset?> Next()
        {
            Interlocked.Increment(ref _asked);
            lock (_gate)
            {
                return Fails ? throw new IOException("the store is gone") : Task.FromResult(_due);
            }
        }
    }
}
