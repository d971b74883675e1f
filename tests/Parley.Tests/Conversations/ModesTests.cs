using System.Globalization;
using System.Text;
using Parley.Conversations;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

/// <summary>
/// The state machine, whole: every state × every event × the three profiles, with what is written. <c>Modes.table.md</c> beside this file is the machine as one
/// reads it; PARLEY_CONTRACT_WRITE=1 writes it anew, and whoever does that reads the difference.
/// </summary>
public class ModesTests
{
    private static readonly Profile[] Profiles = [Profile.StrictLive, Profile.Messaging, Profile.Blended];

    /// <summary>How a conversation comes into each state, and the mode that it then has; a profile that never has that mode is left out.</summary>
    private static readonly (string Name, Mode Mode, Func<Scene, Scene> Play)[] States =
    [
        ("waiting", Mode.Waiting, scene => scene.Opens()),
        ("waiting, the customer is gone", Mode.Waiting, scene => scene.Opens().AnaLeaves()),
        ("waiting, offered to Kim", Mode.Waiting, scene => scene.Opens().Offered(Kim)),
        ("waiting, promised", Mode.Waiting, scene => scene.Opens().After(130)),
        ("waiting again, Kim dropped out", Mode.Waiting, scene => Live(scene).Leaves(Kim).After(31)),
        ("live, an answer is owed", Mode.Live, Live),
        ("live, answered", Mode.Live, scene => Live(scene).Answers(Kim)),
        ("live, Kim is gone", Mode.Live, scene => Live(scene).Leaves(Kim)),
        ("paused, an answer is owed", Mode.Paused, scene => Live(scene).AnaLeaves()),
        ("paused, answered", Mode.Paused, scene => Live(scene).Answers(Kim).AnaLeaves()),
        ("messaging, promised, nobody has it", Mode.Messaging, scene => Alone(scene).Opens()),
        ("messaging, promised, Kim has it", Mode.Messaging, scene => Alone(scene).Opens().Does(by => new Assign(by, It, Kim, null), ByNoor, Kim)),
        ("messaging, answered", Mode.Messaging, scene => Alone(scene).Opens().Answers(Kim)),
        ("dormant", Mode.Dormant, scene => Alone(scene).Opens().Answers(Kim).After(2 * 86_400 + 1)),
        ("closed", Mode.Messaging, scene => Alone(scene).Opens().Answers(Kim).Closes(Kim)),
        ("ended", Mode.Ended, scene => Live(scene).Answers(Kim).AnaLeaves().After(121)),
    ];

    private static readonly (string Name, Action<Scene> Do)[] Events =
    [
        ("Ana writes, somebody is online", scene => Return(scene).Writes()),
        ("Ana writes, nobody is online", scene => Nobody(Return(scene)).Writes()),
        ("Ana writes, and has no stream", scene => Without(scene).Writes()),
        ("Kim answers", scene => scene.Answers(Kim)),
        ("Noor answers", scene => scene.Answers(Noor)),
        ("Kim answers, and has no stream", scene => Nobody(scene).Answers(Kim)),
        ("Ana comes", scene => scene.AnaComes()),
        ("Ana leaves", scene => scene.AnaLeaves()),
        ("Ana leaves, 3 minutes", scene => scene.AnaLeaves().After(180)),
        ("Kim comes", scene => scene.Comes(Kim)),
        ("Kim leaves", scene => scene.Leaves(Kim)),
        ("Kim leaves, 1 minute", scene => scene.Leaves(Kim).After(60)),
        ("it is offered to Kim", scene => scene.Offered(Kim)),
        ("it is offered to Noor", scene => scene.Offered(Noor)),
        ("Kim accepts", scene => scene.Accepts(Kim)),
        ("Noor accepts", scene => scene.Accepts(Noor)),
        ("Kim declines", scene => scene.Declines(Kim)),
        ("Ana asks to talk now", scene => Return(scene).Does(by => new RequestLive(by, It), ByAna)),
        ("Ana asks to talk now, it is closed", scene => Shut(Return(scene)).Does(by => new RequestLive(by, It), ByAna)),
        ("Ana ends the chat", scene => scene.Does(by => new EndSession(by, It), ByAna)),
        ("Kim ends the chat", scene => scene.Does(by => new EndSession(by, It), ByKim, Kim)),
        ("Ana says that she is still here", scene => scene.Does(by => new StayHere(by, It), ByAna)),
        ("Kim goes on later", scene => scene.Does(by => new GoOnLater(by, It, Kim, null), ByKim, Kim)),
        ("Kim comes back at a time", scene => scene.Does(by => new GoOnLater(by, It, Kim, scene.Now.AddHours(20)), ByKim, Kim)),
        ("Noor is given it", scene => scene.Does(by => new Assign(by, It, Noor, null), ByKim, Noor)),
        ("Noor is given it, and has no stream", scene => Nobody(scene).Does(by => new Assign(by, It, Noor, null), ByKim, Noor)),
        ("it goes to a team", scene => scene.Does(by => new Assign(by, It, null, Sails), ByKim)),
        ("Kim is deactivated", scene => scene.Does(by => new HandOver(by, It, Kim, Sails), Scene.System)),
        ("Kim closes", scene => scene.Closes(Kim)),
        ("Kim takes the closing back", scene => scene.Does(by => new Reopen(by, It), ByKim, Kim)),
        ("it is spam", scene => scene.Does(by => new SetSpam(by, It, Ana, On: true), ByKim)),
        ("it is erased", scene => scene.Does(by => new Erase(by, It, "asked"), ByKim)),
        ("a minute passes", scene => scene.After(61)),
        ("5 minutes pass", scene => scene.After(300)),
        ("15 minutes pass", scene => scene.After(900)),
        ("3 days pass", scene => scene.After(3 * 86_400)),
    ];

    [Fact]
    public void Every_event_in_every_state_of_every_profile_writes_what_the_table_says()
    {
        var (path, table) = (Path.Combine(Root(), "tests", "Parley.Tests", "Conversations", "Modes.table.md"), Table());
        if (Environment.GetEnvironmentVariable("PARLEY_CONTRACT_WRITE") is { Length: > 0 })
        {
            File.WriteAllText(path, table);
        }

        File.ReadAllText(path).ShouldBe(table, "The machine does something else now. If it is meant so, write the table anew and read the difference.");
    }

    [Fact]
    public void Every_mode_is_in_the_table() => States.Select(state => state.Mode).Distinct().Order().ShouldBe(Enum.GetValues<Mode>().Order());

    [Fact, Trait("row", "LC6")]
    public void Ten_drops_in_ten_minutes_leave_at_most_one_sentence()
    {
        foreach (var profile in Profiles)
        {
            var scene = Live(new Scene(profile, new Switches { GraceSeconds = 5 }));
            for (var drop = 0; drop < 10 && scene.State.Mode != Mode.Ended; drop++)
            {
                scene.AnaLeaves().After(drop % 2 == 0 ? 2 : 30).AnaComes().After(28).Writes().Answers(Kim);
                scene.Writes();
            }

            scene.Told.GroupBy(code => code).ShouldAllBe(same => same.Count() == 1, $"{profile}: {string.Join(' ', scene.Told)}");
            scene.Told.Count(code => code.StartsWith("promise.left", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void A_change_of_the_profile_harms_no_running_conversation()
    {
        // What is decided goes by the terms that stand in the conversation: those of now are only in the commands.
        var scene = Live(new Scene());
        scene.Does(by => new Post(by, It, Content.Of("Still blended"), new Terms("strictLive", 1)), ByAna);
        scene.AnaLeaves().After(121).State.Mode.ShouldBe(Mode.Messaging);
        scene.State.Promise.ShouldNotBeNull();
    }

    [Fact]
    public void A_pause_is_never_told()
    {
        var scene = Live(new Scene()).AnaLeaves().AnaComes();
        scene.Log.Where(entry => entry.Body is ModeChanged { To: Mode.Paused } or ModeChanged { From: Mode.Paused }).ShouldAllBe(entry => entry.Visibility == Parley.Log.Visibility.Internal);
        scene.Told.ShouldBeEmpty();
    }

    [Fact, Trait("row", "MS11")]
    public void Words_within_a_minute_of_each_other_with_both_here_are_talk()
    {
        var scene = Alone(new Scene()).Opens().Answers(Kim);
        scene.AnaHere = true;
        scene.Here.Add(Kim);
        scene.Writes().State.Mode.ShouldBe(Mode.Live, scene.Last);
        scene.State.Session.ShouldNotBeNull();
    }

    private static Scene Live(Scene scene) => scene.Opens().Offered(Kim).Accepts(Kim);

    /// <summary>Nobody is online and Ana has no stream: what begins is messaging.</summary>
    private static Scene Alone(Scene scene)
    {
        scene.Here.Clear();
        scene.AnaHere = false;
        return scene;
    }

    private static Scene Nobody(Scene scene)
    {
        scene.Here.Clear();
        return scene;
    }

    private static Scene Without(Scene scene)
    {
        scene.AnaHere = false;
        return scene;
    }

    private static Scene Return(Scene scene)
    {
        scene.AnaHere = true;
        scene.Here.UnionWith([Kim, Noor]);
        return scene;
    }

    private static Scene Shut(Scene scene)
    {
        (scene.Open, scene.OpensAt) = (false, scene.Now.AddHours(12));
        return scene;
    }

    private static string Table()
    {
        var table = new StringBuilder("# What happens in which state\n\nWritten by `ModesTests`. Times count from the event; in brackets stands what the customer is told; `·` is nothing, `–` a state that the profile does not have.\n");
        foreach (var (name, mode, play) in States)
        {
            table.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n| event | strict live | messaging | blended |\n| --- | --- | --- | --- |\n");
            foreach (var (what, happens) in Events)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {what} |");
                foreach (var profile in Profiles)
                {
                    table.Append(CultureInfo.InvariantCulture, $" {Cell(profile, mode, play, happens)} |");
                }

                table.Append('\n');
            }
        }

        return table.ToString();
    }

    private static string Cell(Profile profile, Mode mode, Func<Scene, Scene> play, Action<Scene> happens)
    {
        // Where nobody is online strict live begins nothing; that it may leave a message is a switch.
        var scene = play(new Scene(profile, profile == Profile.StrictLive ? new Switches { WhenClosed = WhenClosed.Messaging } : null));
        if (scene.State.Mode != mode)
        {
            return "–";
        }

        happens(scene);
        return scene.Last == "nothing" ? "·" : scene.Last;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The table stands in the tree.");
        }

        return folder.FullName;
    }
}
