package meeting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// slideWidth keeps lines short enough to be read across a room.
const slideWidth = 860

// slides are the pages of the meeting. One container shows each of them.
type slides struct {
	screen  *Screen
	content *fyne.Container
	where   *widget.Text // which slide of how many
	title   *widget.Text
	page    *fyne.Container
	shown   slide
	filled  bool // shown is on the page

	hear, agent, copy *widget.Button
	back, on          *widget.Button
	sound             *widget.Text // why nobody hears anything
	owner, next       *widget.Field
}

func newSlides(s *Screen) *slides {
	v := &slides{screen: s}
	say := func(key text.Key) string { return s.shell.Say(key, nil) }
	v.where = widget.NewText("", widget.Look{Color: theme.Muted})
	v.title = widget.NewText("", widget.Look{Size: theme.TextHeading, Bold: true})
	v.sound = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	v.page = container.New(widget.Column{Gap: theme.GapWide, Margin: theme.GapWide, Widest: slideWidth, Middle: true})
	button := func(key text.Key, command string, weight widget.Weight, act func()) *widget.Button {
		b := widget.NewButton(say(key), weight, act)
		b.SetKey(s.shell.Key(command))
		return b
	}
	v.hear = button("meeting.hear", hearCommand, widget.Primary, s.toggle)
	v.agent = button("meeting.show-agent", agentCommand, widget.Secondary, s.askToShow)
	v.copy = widget.NewButton(say("meeting.copy"), widget.Secondary, s.copyPraise)
	v.owner, v.next = widget.NewField(say("meeting.owner-hint")), widget.NewField(say("meeting.next-hint"))
	for _, f := range []*widget.Field{v.owner, v.next} {
		f.OnKey = v.typed
	}
	end := button("meeting.end", endCommand, widget.Secondary, s.end)
	v.back = button("meeting.left", leftCommand, widget.Secondary, func() { s.turn(-1) })
	v.on = button("meeting.right", rightCommand, widget.Secondary, func() { s.turn(1) })
	top := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedHBoxLayout(14), v.title, container.NewCenter(v.where)), end)
	foot := container.NewBorder(nil, nil, v.back, v.on)
	room := layout.NewCustomPaddedLayout(11, 12, 20, 20)
	v.content = container.NewBorder(widget.NewPane(widget.Bottom, container.New(room, top)), container.New(room, foot), nil, nil,
		container.NewVScroll(v.page))
	return v
}

// typed gives Enter its meaning in the fields of a decision: on to the next
// step, then out of the fields, which keeps it.
func (v *slides) typed(name fyne.KeyName) bool {
	if name != fyne.KeyReturn && name != fyne.KeyEnter {
		return false
	}
	canvas := v.screen.shell.Canvas()
	if canvas.Focused() == v.owner {
		canvas.Focus(v.next)
	} else {
		v.screen.shell.Surface()
		v.screen.keep()
	}
	return true
}

// show sets the slide anew. What is being typed stays.
func (v *slides) show() {
	m := v.screen.model
	at, ok := m.at()
	if !ok {
		return
	}
	v.title.SetText(m.title(at))
	v.where.SetText(m.say("meeting.where", review.Args{"i": m.slide + 1, "n": len(m.slides())}))
	v.back.SetEnabled(m.slide > 0)
	v.on.SetEnabled(m.slide < len(m.slides())-1)
	if at.kind == decide && !(v.filled && v.shown == at) {
		f := m.follow(m.meeting.Issues[at.issue].ID)
		v.owner.SetText(f.Owner)
		v.next.SetText(f.Next)
	}
	v.shown, v.filled = at, true
	v.hear.SetOn(v.screen.deps.Player.Playing())
	v.sound.SetText("")
	if why := v.screen.deps.Sound(); why != nil {
		message, hint := m.texts.Error(why)
		v.sound.SetText(message + " " + hint)
	}
	v.page.Objects = v.objects(at)
	v.page.Refresh()
}

func (v *slides) objects(at slide) []fyne.CanvasObject {
	switch at.kind {
	case story:
		return v.story()
	case praised:
		return v.praise()
	case decide:
		return v.decide(at)
	}
	return v.decisions()
}

// big is what is read across the room.
func big(s string) *widget.Text {
	return widget.NewText(s, widget.Look{Size: theme.TextStory, Bold: true, Fit: widget.Wrap})
}

func plain(s string) *widget.Text {
	return widget.NewText(s, widget.Look{Size: theme.TextHeading, Fit: widget.Wrap})
}

func muted(s string) *widget.Text {
	return widget.NewText(s, widget.Look{Color: theme.Muted, Fit: widget.Wrap})
}

func beside(o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedHBoxLayout(10), o...)
}

func (v *slides) story() []fyne.CanvasObject {
	m, h := v.screen.model, v.screen.model.meeting.Story
	return []fyne.CanvasObject{big(m.quote(h.Moment.Words)), plain(h.Moment.Issue), muted(m.call(h.Call, h.Moment.At)), beside(v.hear), v.sound}
}

func (v *slides) praise() []fyne.CanvasObject {
	m, p := v.screen.model, v.screen.model.meeting.Praise
	objects := []fyne.CanvasObject{big(m.quote(p.Praise.Words)), muted(m.call(p.Call, p.Praise.At))}
	if m.shown == nil || m.shown.praise != p.Praise.ID {
		return append(objects, plain(m.say("meeting.agent-hidden", nil)), beside(v.hear, v.agent), v.sound)
	}
	return append(objects, plain(m.shown.name), muted(m.shown.note), beside(v.hear, v.copy), v.sound)
}

func (v *slides) decide(at slide) []fyne.CanvasObject {
	m := v.screen.model
	r := m.meeting.Issues[at.issue]
	widest := 0.0
	for _, other := range m.meeting.Issues {
		widest = max(widest, other.Share.High)
	}
	bar := widget.NewIntervalBar(widget.Share{Share: r.Share.Part, Low: r.Share.Low, High: r.Share.High, Max: widest}, theme.Bar)
	objects := []fyne.CanvasObject{big(r.Name), bar, plain(m.share(r)), muted(m.weekly(r)), muted(m.period())}
	for _, h := range m.said[r.ID] {
		objects = append(objects, muted(m.quote(h.Moment.Words)))
	}
	labels := container.New(widget.Column{Gap: theme.GapSmall},
		widget.NewText(m.say("meeting.owner", nil), widget.Look{Bold: true}), v.owner,
		widget.NewText(m.say("meeting.next", nil), widget.Look{Bold: true}), v.next,
		muted(m.say("meeting.decide-how", review.Args{"key": v.screen.shell.Key(enterCommand)})))
	return append(objects, widget.NewCard(widget.Plain, labels))
}

func (v *slides) decisions() []fyne.CanvasObject {
	m := v.screen.model
	var objects []fyne.CanvasObject
	for _, r := range m.meeting.Issues {
		objects = append(objects, container.New(widget.Column{Gap: theme.GapTiny}, plain(r.Name), muted(m.decided(r.ID))))
	}
	return objects
}
