using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Inbox.Views;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;
using Parley.Workspaces;

namespace Parley.Tests.Inbox;

/// <summary>The agents' read side over a Desk, stepped by hand.</summary>
internal sealed class InboxRig : IAsyncDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _made;
    private int _views;

    private InboxRig(DeskRig desk)
    {
        Desk = desk;
        Index = new SearchIndex(desk.Database, desk.Time);
        Lists = new ListReading(desk.Database, desk.Reader, desk.Desk);
        People = new People(desk.Database, desk.Desk, DeskRig.Types, desk.Fanout);
        Searches = new Searches(Index, Lists, desk.Reader, new Narrowed(desk.Database, new Rosters(desk.Database, desk.Desk, desk.Fanout), People));
        Keeping = new ViewKeeping(desk.Time, People);
        Work = new ViewWork(desk.Database, Keeping, Changes, new ReaderSettings(), desk.Time, NullLogger<ViewWork>.Instance);
        Following = new Following(
            [new SummaryReader(desk.Database, desk.Desk, desk.Reader, Keeping, Changes), new SearchReader(Index, desk.Reader)], desk.Database, desk.Reader, desk.Fanout, new ReaderSettings(), desk.Time,
            _metrics.GetRequiredService<IMeterFactory>(), NullLogger<Following>.Instance);
    }

    public DeskRig Desk { get; }

    public SearchIndex Index { get; }

    public People People { get; }

    public ListReading Lists { get; }

    public Searches Searches { get; }

    public SummaryChanges Changes { get; } = new(new Parley.Platform.Fanout.LocalBus());

    public ViewKeeping Keeping { get; }

    public ViewWork Work { get; }

    public Following Following { get; }

    public InboxId Shop { get; } = InboxId.From(Id(2));

    public InboxId Wharf { get; } = InboxId.From(Id(3));

    public AgentId Kim { get; } = AgentId.From(Id(10));

    public AgentId Noor { get; } = AgentId.From(Id(11));

    public TeamId Sails { get; } = TeamId.From(Id(20));

    public ContactId Ana { get; } = ContactId.From(Id(30));

    public static async Task<InboxRig> Start()
    {
        var desk = await DeskRig.Start();
        await desk.Database.Write(session => session.Execute(desk.Database.Dialect.Ddl($"{SummaryStore.Ddl}{SummaryStore.FollowersDdl}{SummaryStore.LooseDdl}{ViewStore.Ddl}")));
        return new InboxRig(desk);
    }

    public AgentPrincipal As(AgentId agent, params InboxId[] open) => new(Desk.Workspace, agent, Role.Agent, open.Length == 0 ? null : [.. open], 0);

    public Origin By(AgentId agent) => new(Desk.Workspace, new Author(AuthorKind.Agent, agent.Value), $"{_made++}");

    public Origin ByAna() => new(Desk.Workspace, new Author(AuthorKind.Contact, Ana.Value), $"{_made++}");

    public async Task<ConversationId> Opened(string text = "Hello", InboxId? inbox = null)
    {
        var open = Desk.Open(Ana, $"{_made++}", text) with { Inbox = inbox ?? Shop };
        return new ConversationId((await Do(open)).Subject.Id);
    }

    public async Task<Outcome> Do(Command command) => await Desk.Desk.Handle(command);

    public Post Said(ConversationId id, Origin by, string text) => new(by, id, Content.Of(text), new Terms("blended", 72));

    /// <summary>Lets the readers catch up.</summary>
    public async Task Read()
    {
        while (await Following.Step() > 0)
        {
        }
    }

    public async Task<List<Summary>> List(AgentPrincipal who, string view, int limit = 50) => (await Lists.List(who, new ListQuery { View = View.Parse(view) }, limit)).Items;

    /// <summary>Keeps a view from now on, as its entry does.</summary>
    public async Task<KeptView> Keep(ViewFilter filter, ViewOrder order = ViewOrder.Newest, AgentId? me = null)
    {
        var definition = new Definition(new ViewId(new Guid(Id((byte)(100 + _views++)), bigEndian: true)), filter, order, me);
        var kept = Guid.CreateVersion7();
        await Desk.Database.Write(session => ViewStore.Define(session, Desk.Workspace, kept, definition));
        return new KeptView(kept, definition);
    }

    /// <summary>Does all that is to be made and all that is due.</summary>
    public async Task Settle()
    {
        await Read();
        while (await Work.Flip() | await Work.Make())
        {
        }
    }

    public async Task<List<ConversationId>> In(KeptView view, AgentPrincipal who, int limit = 200) => (await Lists.List(
        who, new ListQuery { View = new View(ViewKind.Saved, view.View.Value), Saved = new(view.Key, view.Filter.Personal ? who.Agent : null, view.Order) }, limit)).Items.ConvertAll(row => row.Id);

    public async ValueTask DisposeAsync()
    {
        Work.Dispose();
        Following.Dispose();
        await Index.DisposeAsync();
        await _metrics.DisposeAsync();
        await Desk.DisposeAsync();
    }

    private static byte[] Id(byte last) => [.. new byte[15], last];
}
