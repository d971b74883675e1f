using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Shouldly;

namespace Parley.Tests.Log;

/// <summary>A time that stands still until it is told to go on.</summary>
internal sealed class StandingTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A Desk on a store of its own, in a private folder unless a test has another, with one workspace. Its loop runs unless a test pumps it by hand.</summary>
internal sealed class DeskRig : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-desk-").FullName;
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private DeskRig(Dialect? store)
    {
        Database = new Database(store ?? new SqliteDialect(Path.Combine(_folder, "parley.db")));
        Reader = new LogReader(Database, Types);
        Desk = NewDesk(new DeskSettings());
    }

    public static EntryTypes Types { get; } = new([.. ConversationKind.Entries, .. ContactKind.Entries]);

    public static SubjectKinds Kinds { get; } = new([new ConversationKind(), new ContactKind(), new GuestKind()]);

    public StandingTime Time { get; } = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public Fanout Fanout { get; } = new();

    public LogReader Reader { get; }

    public Desk Desk { get; private set; }

    public WorkspaceId Workspace { get; private set; }

    public static async Task<DeskRig> Start(bool pumped = false, Dialect? store = null)
    {
        var rig = new DeskRig(store);
        await new Migrations(rig.Database, LogMigrations.All, rig.Time).Apply();
        rig.Workspace = await rig.AddWorkspace();
        if (!pumped)
        {
            rig.Desk.Start();
        }

        return rig;
    }

    public async Task<WorkspaceId> AddWorkspace()
    {
        var workspace = WorkspaceId.New(Time);
        await Database.Write(session => Heads.Begin(session, workspace));
        return workspace;
    }

    /// <summary>Another Desk on the same store, as after a restart or on another node.</summary>
    public Desk NewDesk(DeskSettings settings, Database? database = null) =>
        new(database ?? Database, Kinds, Types, Fanout, Time, settings, new DeskMetrics(_metrics.GetRequiredService<IMeterFactory>()), NullLogger<Desk>.Instance);

    public Open Open(ContactId contact, string clientId, string text = "Hello", WorkspaceId? workspace = null) => new(
        new Origin(workspace ?? Workspace, new Author(AuthorKind.Contact, contact.Value), clientId),
        ConversationId.New(Time), InboxId.New(Time), BrandId.New(Time), "web", contact, new Terms("blended", 72),
        new Introduction(new Subject(GuestKind.Name, contact.Value), [], []), Content.Of(text));

    public Post Post(ConversationId conversation, ContactId contact, string clientId, string text = "More") =>
        new(new Origin(Workspace, new Author(AuthorKind.Contact, contact.Value), clientId), conversation, Content.Of(text), new Terms("blended", 72));

    public async Task<ConversationId> Opened(ContactId contact)
    {
        var outcome = await Desk.Handle(Open(contact, Guid.CreateVersion7().ToString()));
        return new ConversationId(outcome.Subject.Id);
    }

    /// <summary>What is asked takes so long where nobody has the lock: only beside that is it known for how long one waited.</summary>
    public async Task<ConversationId> Warm(Desk desk, ContactId contact)
    {
        var opening = Open(contact, "warm");
        for (var round = 0; round < 4; round++)
        {
            var answer = desk.Handle(round == 0 ? opening : Post(opening.Conversation, contact, $"warm{round}"));
            await desk.Pump();
            await answer;
        }

        return opening.Conversation;
    }

    /// <summary>On PostgreSQL: writes a batch that must wait because another session has the lock of the workspace, and hands in more meanwhile. How many were in it?</summary>
    public async Task<int> Crowd(Desk desk, List<Task<Outcome>> answers, params Command[] meanwhile)
    {
        var (locked, free) = (new TaskCompletionSource(), new TaskCompletionSource());
        var other = Database.Write(async session =>
        {
            await session.Ask([.. Heads.Lock([Workspace])]);
            locked.SetResult();
            await free.Task;
        });
        await locked.Task;
        var writing = desk.Pump();
        while (await Database.Read(session => session.One<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) == 0)
        {
            writing.IsCompleted.ShouldBeFalse();
        }

        answers.AddRange(meanwhile.Select(command => desk.Handle(command).AsTask()));
        // Longer than it takes a busy machine where nobody waits.
        await Task.Delay(250);
        free.SetResult();
        await other;
        return await writing;
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Database.DisposeAsync();
        await _metrics.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Stands for the contact's own kind, which these tests do not look at.</summary>
    private sealed class GuestKind() : SubjectKind<string>(Name, 1)
    {
        public new const string Name = "guest";

        protected override string Initial => "";

        protected override string Apply(string state, Entry entry) => state;

        protected override Decision Decide(string state, Command command, Deciding deciding) => Decision.Nothing;
    }
}
