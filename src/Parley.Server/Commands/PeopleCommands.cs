using System.CommandLine;
using Parley.Workspaces;

namespace Parley.Server.Commands;

/// <summary><c>parley agent add</c> and <c>parley workspace add</c>, also while the server runs.</summary>
internal static class PeopleCommands
{
    public const string AgentAdd = "agent add";
    public const string WorkspaceAdd = "workspace add";

    public static Command Agent() => new("agent", "The people who answer.") { Add() };

    public static Command Workspace() => new("workspace", "Companies, or parts of one, that share nothing.") { AddWorkspace() };

    /// <summary>What <c>agent add</c> does with a store's services.</summary>
    public static async Task<string> AddAgent(IServiceProvider services, IReadOnlyDictionary<string, string> flags)
    {
        var role = Enum.TryParse<Role>(flags["role"], ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : throw new LocalRefused($"--role is '{flags["role"]}', and must be owner, admin, supervisor or agent.", Exits.Usage);
        WorkspaceId? workspace = flags.TryGetValue("workspace", out var text) ? await Find(services, text) : null;
        var hired = await services.GetRequiredService<Hiring>().AddAgent(flags["name"], flags["email"], flags["password"], role, workspace);
        return hired.Refusal is { } refusal
            ? throw new LocalRefused(refusal.Detail, refusal.Status == 400 ? Exits.Usage : Exits.Failed)
            : $"{flags["name"]} can sign in as {flags["email"]} ({flags["role"].ToLowerInvariant()}). Agent {hired.Agent}, workspace {hired.Workspace}.";
    }

    public static async Task<string> AddWorkspace(IServiceProvider services, IReadOnlyDictionary<string, string> flags)
    {
        var (workspace, refusal) = await services.GetRequiredService<Hiring>().AddWorkspace(flags["name"]);
        return refusal is null
            ? $"{flags["name"]} is workspace {workspace}. Add its first owner: parley agent add --workspace {workspace} --role owner …"
            : throw new LocalRefused(refusal.Detail, Exits.Usage);
    }

    private static async Task<WorkspaceId> Find(IServiceProvider services, string text)
    {
        var id = WorkspaceId.Parse(text);
        return (await services.GetRequiredService<Rosters>().Workspaces()).Contains(id)
            ? id
            : throw new LocalRefused($"There is no workspace {text}.", Exits.Usage);
    }

    private static Command Add()
    {
        var command = new Command("add", "Adds a person who can sign in at the console. Makes the store and the workspace where there are none; works while the server runs.");
        var name = new Option<string>("--name") { Required = true, Description = "What customers and colleagues see." };
        var email = new Option<string>("--email") { Required = true, Description = "What the person signs in with." };
        var password = new Option<string?>("--password") { Description = "At least 10 characters. Without it, it is read from the standard input." };
        var role = new Option<string>("--role") { DefaultValueFactory = _ => "agent", Description = "owner, admin, supervisor or agent.", HelpName = "ROLE" };
        var workspace = new Option<string?>("--workspace") { Description = "Where there are several: the workspace's id (default: the first).", HelpName = "wsp_…" };
        var options = new Options().AddTo(command);
        foreach (var option in new Option[] { name, email, password, role, workspace })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Exits.Run(async () =>
        {
            var flags = new Dictionary<string, string>
            {
                ["name"] = parsed.GetRequiredValue(name),
                ["email"] = parsed.GetRequiredValue(email),
                ["password"] = parsed.GetValue(password) ?? await Password(),
                ["role"] = parsed.GetRequiredValue(role),
            };
            if (parsed.GetValue(workspace) is { } where)
            {
                flags["workspace"] = where;
            }

            // The first owner comes before anything else: where there is no store yet, it is made.
            return await LocalCommands.Run(options.Launch(parsed) with { Migrate = true }, new LocalRequest(AgentAdd, flags));
        }));
        return command;
    }

    private static Command AddWorkspace()
    {
        var command = new Command("add", "Adds a workspace with its first brand. Nothing ever crosses from one to another.");
        var name = new Option<string>("--name") { Required = true, Description = "The company's name." };
        var options = new Options().AddTo(command);
        command.Options.Add(name);
        command.SetAction(parsed => Exits.Run(() =>
            LocalCommands.Run(options.Launch(parsed), new LocalRequest(WorkspaceAdd, new() { ["name"] = parsed.GetRequiredValue(name) }))));
        return command;
    }

    /// <summary>A password on the command line stands in the shell's history; from the standard input it does not.</summary>
    private static async Task<string> Password()
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteAsync("Password: ");
        }

        return await Console.In.ReadLineAsync() ?? "";
    }
}
