using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Specs.Restarting;

/// <summary>A conversation as the server before left it.</summary>
/// <param name="Row">Its state row as it stood in the store.</param>
/// <param name="Returns">Its customer and its agent are there again at once after the start.</param>
internal sealed record Left(ConversationId Id, string Name, Profile Profile, bool Returns, string Row, Conversation State, long Seq)
{
    public override string ToString() => $"{Name}, {Profile}, {(Returns ? "both come back" : "nobody comes back")} ({Id})";
}

/// <summary>The server before: a Desk alone that wrote what there is, and was there until a moment, and then was not.</summary>
internal sealed class Before(Dialect store) : IAsyncDisposable
{
    private static readonly EntryTypes Types = new(Product.Modules.SelectMany(module => module.Entries));
    private static readonly SubjectKinds Kinds = new(Product.Modules.SelectMany(module => module.Kinds));

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Database _database = new(store);

    /// <summary>Every state, ending at a moment.</summary>
    public async Task<List<Left>> Play(DateTimeOffset end, bool returns, Func<Profile, Play.Stage> stage)
    {
        var clock = new HandClock();
        await using var desk = new Desk(_database, Kinds, Types, new Fanout(), clock, new DeskSettings(), new DeskMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<Desk>.Instance);
        desk.Start();
        var left = new List<Left>();
        foreach (var state in States.All)
        {
            foreach (var profile in state.Profiles)
            {
                var on = stage(profile);
                // Who is marked as spam is let in nowhere any more.
                on = state.Name == "spam" ? on with { Customer = ContactId.New(TimeProvider.System) } : on;
                var length = new Play(null, clock, on);
                await state.Play(length);
                clock.Now = end - length.Length;
                var play = new Play(desk, clock, on);
                await state.Play(play);
                var (row, it, seq) = await _database.Read(session => Row(session, play.Id));
                it.Mode.ShouldBe(state.Mode, $"{state.Name}, {profile}");
                left.Add(new Left(play.Id, state.Name, profile, returns, row, it, seq));
            }
        }

        return left;
    }

    /// <summary>The row of a conversation, and that all its entries folded anew give the same.</summary>
    public static async Task<(string Row, Conversation State, long Seq)> Row(Session session, ConversationId id)
    {
        var subject = Conversation.Subject(id);
        var kind = Kinds[Conversation.Kind];
        var (workspace, seq, json) = await session.One<(byte[], long, string)>("select workspace, seq, json from states where subject = @subject", new { subject = subject.Bytes });
        var stored = Versioned.Read(WorkspaceId.From(workspace), seq, json, kind);
        var row = kind.Write(stored.State);
        var folded = await Folding.Anew(session, Types, kind, subject, WorkspaceId.From(workspace));
        row.ShouldBe(kind.Write(folded.State), "The row is what the entries come to.");
        (stored.Seq, stored.At, stored.LastPublic).ShouldBe((folded.Seq, folded.At, folded.LastPublic));
        if (kind.Due(stored.State) is { } wish)
        {
            var due = await session.One<long?>("select due from wakeups where subject = @subject", new { subject = subject.Bytes });
            due.ShouldNotBeNull("Whatever is due has a wake-up.").ShouldBeLessThanOrEqualTo(wish.ToUnixTimeMilliseconds());
        }

        return (row, (Conversation)stored.State, seq);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _services.DisposeAsync();
    }
}
