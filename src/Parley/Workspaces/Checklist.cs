using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces.Accounts;

namespace Parley.Workspaces;

/// <summary>What a company does in its first minutes, as the set-up page asks for it.</summary>
public enum FirstStep { Company, Look, Site, Hello, Colleague }

/// <summary>Whether the list of first steps was put away (true) or taken out again.</summary>
public sealed record ChecklistSet(bool Away) : EntryBody;

public sealed record PutChecklist(Origin Origin, bool Away) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => WorkspaceKind.Of(Origin.Workspace);
}

/// <summary>
/// The first steps, and which of them are done: always by what is there, never by what somebody pressed, so that it is true of a store that was made by the
/// command line or by a program as well.
/// </summary>
public sealed class Checklist(Database database, Invitations invitations)
{
    public static Decision Decide(WorkspaceState state, PutChecklist command) => state.ChecklistAway == command.Away ? Decision.Nothing : new ChecklistSet(command.Away);

    public async Task<IReadOnlyList<(FirstStep Step, bool Done)>> Of(Roster roster) =>
    [
        (FirstStep.Company, roster.Name != SettingUp.Nameless || roster.Brands.Values.Any(brand => brand.Name != SettingUp.Nameless)),
        (FirstStep.Look, roster.Brands.Values.Any(Looks) || roster.Inboxes.Values.Any(inbox => inbox.Settings.Color is not null || !inbox.Settings.Texts.IsEmpty)),
        (FirstStep.Site, roster.Inboxes.Values.Any(inbox => !inbox.Sites.IsEmpty)),
        (FirstStep.Hello, await Spoken(roster.Id)),
        (FirstStep.Colleague, roster.Agents.Count > 1 || (await invitations.All(roster.Id)).Count > 0),
    ];

    private static bool Looks(Brand brand) => brand.Color != Founding.FirstColor || brand.Logo is not null || !brand.Texts.IsEmpty;

    /// <summary>Whether anybody has written yet. Before the first conversation a log is short, and after it the first is near its beginning.</summary>
    private Task<bool> Spoken(WorkspaceId workspace) => database.Read(async session =>
        await session.One<long?>("select position from entries where workspace = @workspace and kind = 'conversation' order by position limit 1", new { workspace = workspace.Bytes }) is not null);
}
