using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Blobs;
using Parley.Platform.Store;
using Parley.Workspaces;
using Parley.Writing;

namespace Parley.Server.Demo;

using Texts = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>;

/// <summary>The demo's company: a shop for sailing gear with a sail loft. Who works there, and where customers arrive.</summary>
internal sealed record Lighthouse(WorkspaceId Workspace, BrandId Brand, ImmutableDictionary<string, AgentId> Agents, ImmutableDictionary<string, TeamId> Teams, ImmutableDictionary<string, InboxId> Inboxes)
{
    public const string Name = "Lighthouse";
    public const string Shop = "Shop";
    public const string Loft = "Sail loft";
    public const string Owner = "Kim";

    /// <summary>The demo's own commands are numbered from 1 behind this; the first makes its brand, before anybody is hired.</summary>
    private const string Said = "demo:";

    private const string Color = "#14567a";
    private const string LoftColor = "#c23f34";

    /// <summary>Who can sign in, with what role, and in which teams.</summary>
    public static readonly ImmutableArray<(string Name, Role Role, string[] Teams)> Staff = [("Kim", Role.Owner, ["Orders"]), ("Noor", Role.Supervisor, ["Orders", "Sails"]), ("Ravi", Role.Agent, ["Sails"])];

    private static readonly ImmutableArray<string> Labels = ["compliment", "delivery", "invoice", "quote", "returns", "ropes", "safety", "sail repair", "sizing", "stock", "warranty"];

    public static string Email(string name) => $"{name.ToLowerInvariant()}@lighthouse.test";

    /// <summary>Known to everybody who reads this, which is why the demo listens to this machine alone.</summary>
    public static string Password(string name) => $"lighthouse-{name.ToLowerInvariant()}";

    /// <summary>True for a store in which the demo has made its company, wherever it was brought to since.</summary>
    public static async Task<bool> Founded(Database database) => await database.Read(session => session.One<long>(
        "select count(*) from commands where client_id = @first and author = @author", new { first = Said + "1", author = Author.System.Bytes })) > 0;

    /// <summary>Makes the company in an empty store.</summary>
    public static async Task<Lighthouse> Found(IServiceProvider services, TimeProvider time)
    {
        var desk = services.GetRequiredService<Desk>();
        var (workspace, refusal) = await services.GetRequiredService<Hiring>().AddWorkspace(Name);
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.Detail);
        }

        var made = 0;
        Origin Origin() => new(workspace, Author.System, $"{Said}{++made}");
        var roster = await services.GetRequiredService<Rosters>().Of(workspace) ?? throw new InvalidOperationException("The workspace that was just made is not there.");
        var brand = roster.Brands.Keys.First();
        await Do(desk, new SetBrand(Origin(), brand, new BrandChange { Name = Name, Color = Color }));
        await Do(desk, new SetLabels(Origin(), Labels));
        var teams = ImmutableDictionary.CreateBuilder<string, TeamId>();
        foreach (var team in new[] { "Orders", "Sails" })
        {
            teams[team] = TeamId.New(time);
            await Do(desk, new SetTeam(Origin(), teams[team], team));
        }

        var agents = ImmutableDictionary.CreateBuilder<string, AgentId>();
        foreach (var (name, role, of) in Staff)
        {
            var hired = await services.GetRequiredService<Hiring>().Hire(Origin(), name, Email(name), Password(name), role, [.. of.Select(team => teams[team])]);
            agents[name] = hired.Refusal is null ? hired.Agent : throw new InvalidOperationException(hired.Refusal.Detail);
            var picture = await Keep(services, workspace, new Author(AuthorKind.Agent, hired.Agent.Value), $"{name.ToLowerInvariant()}.png", time);
            // Both sides are looked at beside each other: what is said here is read there at once.
            await Do(desk, new ChangeAgent(Origin(), hired.Agent, Picture: picture.Id) { UndoSeconds = 0 });
        }

        var inboxes = ImmutableDictionary.CreateBuilder<string, InboxId>();
        foreach (var (name, color, texts) in new[] { (Shop, (string?)null, ShopTexts), (Loft, LoftColor, LoftTexts) })
        {
            inboxes[name] = InboxId.New(time);
            var (key, material, _) = IdentityKeys.Shared();
            await services.GetRequiredService<IdentityKeys>().Keep(workspace, inboxes[name], key, material);
            await Do(desk, new AddInbox(Origin(), inboxes[name], new InboxSettings(name, "web", brand, Workspaces.Profile.Blended, [], ["en", "de", "nl", "es"], texts, Consent: Consent.On, Color: color) { Rating = true, Forms = [Structured.Measurements], Calendar = Calendar.Always, Switches = Controls.ShortTimes.On(null), MailAfterSeconds = Controls.ShortTimes.Mail }, key));
        }

        await services.GetRequiredService<Stocking>().Put(workspace, Stock.Replies, Stock.Macros);
        // It has been open for weeks; its shop is a page of our own, so no site would ever call.
        await Do(desk, new PutChecklist(Origin(), Away: true));
        return new Lighthouse(workspace, brand, agents.ToImmutable(), teams.ToImmutable(), inboxes.ToImmutable());
    }

    /// <summary>The company as it stands in a store; null when somebody has changed it so far that its stories would not fit.</summary>
    public static async Task<Lighthouse?> Again(IServiceProvider services, Seeded seeded)
    {
        if (await services.GetRequiredService<Rosters>().Inbox(seeded.Shop) is not { Roster: var roster } || roster.Inbox(seeded.Loft) is null)
        {
            return null;
        }

        var agents = roster.Agents.Values.Where(agent => agent.Active).DistinctBy(agent => agent.Email).ToImmutableDictionary(agent => agent.Email, agent => agent.Id);
        var teams = roster.Teams.DistinctBy(team => team.Value.Name).ToImmutableDictionary(team => team.Value.Name, team => team.Key);
        return Staff.All(person => agents.ContainsKey(Email(person.Name)) && person.Teams.All(teams.ContainsKey)) && Labels.All(roster.Labels.Contains)
            ? new(roster.Id, roster.Inbox(seeded.Shop)!.Settings.Brand, Staff.ToImmutableDictionary(person => person.Name, person => agents[Email(person.Name)]), teams,
                new Dictionary<string, InboxId> { [Shop] = seeded.Shop, [Loft] = seeded.Loft }.ToImmutableDictionary())
            : null;
    }

    /// <summary>Uploads one of the demo's own files for somebody.</summary>
    public static async Task<StoredFile> Keep(IServiceProvider services, WorkspaceId workspace, Author uploader, string name, TimeProvider time)
    {
        var bytes = Resources.Bytes($"Files.{name}");
        var mime = Sniffing.Claimed(null, name)!;
        var size = ImageSize.Of(mime, bytes);
        var file = new StoredFile(FileId.New(time), name, bytes.Length, mime, size?.Width, size?.Height);
        await services.GetRequiredService<BlobStore>().Put(file.Id.Value, new MemoryStream(bytes));
        await services.GetRequiredService<FileStore>().Add(workspace, uploader, file, time.GetUtcNow());
        return file;
    }

    private static async Task Do(Desk desk, Command command)
    {
        var outcome = await desk.Handle(command);
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}, {refusal.Detail}");
        }
    }

    private static readonly Texts ShopTexts = In(
        ("en", "Ask us anything about gear, sizes or your order.", "Not sure about the size? We are."),
        ("de", "Fragen Sie uns alles zu Ausrüstung, Größen oder Ihrer Bestellung.", "Unsicher bei der Größe? Wir nicht."),
        ("nl", "Vraag ons alles over spullen, maten of je bestelling.", "Twijfel over de maat? Wij niet."),
        ("es", "Pregúntanos lo que quieras sobre equipo, tallas o tu pedido.", "¿Dudas con la talla? Nosotros no."));

    private static readonly Texts LoftTexts = In(
        ("en", "The sail loft here. Send us a photo and we tell you what can be saved.", "Is it a repair or a new sail? Ask Ravi."),
        ("de", "Hier ist die Segelmacherei. Schicken Sie ein Foto, und wir sagen, was zu retten ist.", "Reparatur oder neues Segel? Fragen Sie Ravi."),
        ("nl", "Hier de zeilmakerij. Stuur een foto en wij zeggen wat er te redden valt.", "Reparatie of een nieuw zeil? Vraag Ravi."),
        ("es", "Aquí la velería. Mándanos una foto y te decimos qué se puede salvar.", "¿Reparar o vela nueva? Pregunta a Ravi."));

    private static Texts In(params (string Language, string Greeting, string Teaser)[] texts) => texts.ToImmutableSortedDictionary(
        text => text.Language,
        text => ImmutableSortedDictionary<string, string>.Empty.Add("greeting", text.Greeting).Add("teaser", text.Teaser));
}
